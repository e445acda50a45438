import type { INodeProperties } from 'n8n-workflow';

import { outputBinaryField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import { fileItem, outputFieldOf } from '../../../shared/operation/outputItems';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { exportJob } from '../../api';
import { formatOf, formatOptions } from '../../formats';
import { jobId } from '../../ids';

const formatField: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	options: formatOptions,
	default: 'srt',
	description: 'The kind of file to make',
};

/** Downloads a finished job as a file. */
export const exportOperation: Operation = {
	value: 'export',
	name: 'Export',
	action: 'Export a job',
	description: 'Download the transcript of a finished job as a document, subtitles or text',
	fields: [idField(jobId), formatField, outputBinaryField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, jobId);
		const format = formatOf(context, itemIndex);
		outputFieldOf(context, itemIndex);
		const file = await exportJob(context, itemIndex, id, format);
		return [await fileItem(context, itemIndex, { jobId: id, format }, file)];
	},
};
