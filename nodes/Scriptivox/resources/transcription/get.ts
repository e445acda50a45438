import type { IDataObject } from 'n8n-workflow';

import { simplifyField } from '../../../shared/fields';
import type { Operation } from '../../../shared/operation';
import { optionsField, requestOptions } from '../../../shared/optionFields';
import { getTranscription } from '../../api';
import { transcriptionIdField, transcriptionIdOf } from '../../fields';
import { transcriptOf } from '../../transcript';

/** Reads a transcription as it is now. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a transcription',
	description: 'Read where a transcription stands, with its transcript once it is completed',
	fields: [transcriptionIdField, simplifyField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = transcriptionIdOf(context, itemIndex);
		const transcription = await getTranscription(context, id, itemIndex);
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: transcription }];
		return [{ json: transcriptOf(transcription) as unknown as IDataObject }];
	},
};
