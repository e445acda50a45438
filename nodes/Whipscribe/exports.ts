import type { JobFiles } from '../shared/operation/jobFiles';
import { exportResult } from './api';
import { EXPORT_TYPES } from './formats';
import type { ExportFormat } from './formats';
import { whipscribe } from './provider';

/** The files that Whipscribe makes of a job (Whipscribe API docs). */
export const jobFiles: JobFiles<ExportFormat> = {
	provider: whipscribe,
	exportWith: 'Job: Export',
	formats: [
		{ name: 'JSON', value: 'json' },
		{ name: 'SubRip Subtitles (SRT)', value: 'srt' },
		{ name: 'Text (TXT)', value: 'txt' },
		{ name: 'WebVTT Subtitles (VTT)', value: 'vtt' },
		{ name: 'Word Document (DOCX)', value: 'docx' },
	],
	types: EXPORT_TYPES,
	download: async (context, itemIndex, { id: jobId, claimToken }, format) =>
		await exportResult(context, itemIndex, { jobId, claimToken }, format),
};
