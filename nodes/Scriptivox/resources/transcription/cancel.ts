import type { Operation } from '../../../shared/operation';
import { optionsField, requestOptions } from '../../../shared/optionFields';
import { cancelTranscription } from '../../api';
import { transcriptionIdField, transcriptionIdOf } from '../../fields';

/** Cancels a transcription that has not ended. */
export const cancel: Operation = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a transcription',
	description: 'Stop a transcription that has not ended and release what was reserved for it',
	fields: [transcriptionIdField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = transcriptionIdOf(context, itemIndex);
		return [{ json: await cancelTranscription(context, itemIndex, id) }];
	},
};
