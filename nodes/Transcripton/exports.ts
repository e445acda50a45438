import type { INodePropertyOptions } from 'n8n-workflow';

import type { JobFiles } from '../shared/operation/jobFiles';
import { exportJob } from './api';
import { EXPORT_TYPES } from './formats';
import type { ExportFormat } from './formats';
import { transcripton } from './provider';

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

/** The files that Transcripton makes of a job (Transcripton API reference). */
export const jobFiles: JobFiles<ExportFormat> = {
	provider: transcripton,
	exportWith: 'Job: Export',
	formats: formatOptions,
	types: EXPORT_TYPES,
	download: async (context, itemIndex, { id }, format) =>
		await exportJob(context, itemIndex, id, format),
};
