import { outputBinaryField } from '../../../shared/fields/commonFields';
import { formatField, formatOf } from '../../../shared/operation/jobFiles';
import type { Operation } from '../../../shared/operation/operation';
import { fileItem, outputFieldOf } from '../../../shared/operation/outputItems';
import { exportResult } from '../../api';
import { jobFiles } from '../../exports';
import { jobIdField, jobOptionsField, jobReferenceOf } from '../../jobReference';

/** Downloads a finished job's transcript as a file. */
export const exportOperation: Operation = {
	value: 'export',
	name: 'Export',
	action: 'Export a transcript',
	description: 'Download the transcript of a finished job as a file',
	fields: [jobIdField, formatField(jobFiles), outputBinaryField, jobOptionsField],
	async run(context, itemIndex) {
		const reference = jobReferenceOf(context, itemIndex);
		const format = formatOf(context, itemIndex, jobFiles);
		// before the request: a missing name would show only after it
		outputFieldOf(context, itemIndex);
		const file = await exportResult(context, itemIndex, reference, format);
		return [await fileItem(context, itemIndex, { jobId: reference.jobId, format }, file)];
	},
};
