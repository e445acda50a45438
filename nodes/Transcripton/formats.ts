import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { EXPORT_TYPES } from './api';
import type { ExportFormat } from './api';

/** The kinds of file to choose from. */
export const formatOptions: INodePropertyOptions[] = [
	{ name: 'JSON', value: 'json' },
	{ name: 'Markdown (MD)', value: 'md' },
	{ name: 'PDF', value: 'pdf' },
	{ name: 'SubRip Subtitles (SRT)', value: 'srt' },
	{ name: 'Text (TXT)', value: 'txt' },
	{ name: 'WebVTT Subtitles (VTT)', value: 'vtt' },
	{ name: 'Word (DOCX)', value: 'docx' },
];

/** Whether a job can be exported to a kind of file. */
export function isFormat(format: string): format is ExportFormat {
	return Object.hasOwn(EXPORT_TYPES, format);
}

/**
 * The item's format.
 *
 * @throws NodeOperationError where there is no such format
 */
export function formatOf(context: IExecuteFunctions, itemIndex: number): ExportFormat {
	const format = String(context.getNodeParameter('format', itemIndex));
	if (isFormat(format)) return format;
	throw inputError(context.getNode(), `Transcripton has no export format "${format}"`, {
		description: `Choose one of ${Object.keys(EXPORT_TYPES).join(', ')}.`,
		itemIndex,
	});
}
