import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../../shared/core/errors';
import { outputBinaryField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { fileItem, outputFieldOf } from '../../../shared/operation/outputItems';
import { EXPORT_TYPES, exportResult } from '../../api';
import type { ExportFormat } from '../../api';
import { jobIdField, jobOptionsField, jobReferenceOf } from '../../jobReference';

const formatField: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	options: [
		{ name: 'JSON', value: 'json' },
		{ name: 'SubRip Subtitles (SRT)', value: 'srt' },
		{ name: 'Text (TXT)', value: 'txt' },
		{ name: 'WebVTT Subtitles (VTT)', value: 'vtt' },
		{ name: 'Word Document (DOCX)', value: 'docx' },
	],
	default: 'srt',
	description: 'The kind of file to make',
};

/** Downloads a finished job's transcript as a file. */
export const exportOperation: Operation = {
	value: 'export',
	name: 'Export',
	action: 'Export a transcript',
	description: 'Download the transcript of a finished job as a file',
	fields: [jobIdField, formatField, outputBinaryField, jobOptionsField],
	async run(context, itemIndex) {
		const reference = jobReferenceOf(context, itemIndex);
		const format = formatOf(context, itemIndex);
		// before the request: a missing name would show only after it
		outputFieldOf(context, itemIndex);
		const bytes = await exportResult(context, itemIndex, reference, format);
		const { jobId } = reference;
		const file = { name: `${jobId}.${format}`, mimeType: EXPORT_TYPES[format], bytes };
		return [await fileItem(context, itemIndex, { jobId, format }, file)];
	},
};

function formatOf(context: IExecuteFunctions, itemIndex: number): ExportFormat {
	const format = String(context.getNodeParameter('format', itemIndex));
	if (Object.hasOwn(EXPORT_TYPES, format)) return format as ExportFormat;
	throw inputError(context.getNode(), `Whipscribe has no export format "${format}"`, {
		description: `Choose one of ${Object.keys(EXPORT_TYPES).join(', ')}.`,
		itemIndex,
	});
}
