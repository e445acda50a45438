import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { deleteTranscription } from '../../api';
import { transcriptionId } from '../../ids';

/** Deletes a transcription that has ended. */
export const deleteOperation: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a transcription',
	description: 'Remove a transcription that has ended from the account',
	fields: [idField(transcriptionId), optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, transcriptionId);
		await deleteTranscription(context, itemIndex, id);
		return [{ json: { deleted: true } }];
	},
};
