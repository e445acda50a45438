import type { Operation } from '../../../shared/operation';
import { optionsField, requestOptions } from '../../../shared/optionFields';
import { deleteTranscription } from '../../api';
import { transcriptionIdField, transcriptionIdOf } from '../../fields';

/** Deletes a transcription that has ended. */
export const deleteOperation: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a transcription',
	description: 'Remove a transcription that has ended from the account',
	fields: [transcriptionIdField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = transcriptionIdOf(context, itemIndex);
		await deleteTranscription(context, itemIndex, id);
		return [{ json: { deleted: true } }];
	},
};
