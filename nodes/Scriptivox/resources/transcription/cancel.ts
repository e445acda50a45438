import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { cancelTranscription } from '../../api';
import { transcriptionId } from '../../ids';

/** Cancels a transcription that has not ended. */
export const cancel: Operation = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a transcription',
	description: 'Stop a transcription that has not ended and release what was reserved for it',
	fields: [idField(transcriptionId), optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, transcriptionId);
		return [{ json: await cancelTranscription(context, itemIndex, id) }];
	},
};
