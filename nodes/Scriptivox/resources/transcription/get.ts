import { simplifyField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import { transcriptItem } from '../../../shared/operation/outputItems';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { getTranscription } from '../../api';
import { transcriptionId } from '../../ids';
import { transcriptOf } from '../../transcript';

/** Reads a transcription as it is now. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a transcription',
	description: 'Read where a transcription stands, with its transcript once it is completed',
	fields: [idField(transcriptionId), simplifyField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, transcriptionId);
		const transcription = await getTranscription(context, itemIndex, id);
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: transcription }];
		return [transcriptItem(transcriptOf(transcription))];
	},
};
