import { outputBinaryField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import { fileItem, outputFieldOf } from '../../../shared/operation/outputItems';
import { formatField, formatOf } from '../../../shared/operation/jobFiles';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { exportJob } from '../../api';
import { jobFiles } from '../../exports';
import { jobId } from '../../ids';

/** Downloads a finished job as a file. */
export const exportOperation: Operation = {
	value: 'export',
	name: 'Export',
	action: 'Export a job',
	description: 'Download the transcript of a finished job as a document, subtitles or text',
	fields: [idField(jobId), formatField(jobFiles), outputBinaryField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, jobId);
		const format = formatOf(context, itemIndex, jobFiles);
		// before the request: a missing name would show only after it
		outputFieldOf(context, itemIndex);
		const file = await exportJob(context, itemIndex, id, format);
		return [await fileItem(context, itemIndex, { jobId: id, format }, file)];
	},
};
