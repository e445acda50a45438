import type { JobFiles } from '../shared/operation/jobFiles';
import { exportTranscription } from './api';
import { EXPORT_TYPES } from './formats';
import type { ExportFormat } from './formats';
import { scriptivox } from './provider';

/** The files that Scriptivox makes of a transcription (Scriptivox MCP server, export of a transcript). */
export const transcriptionFiles: JobFiles<ExportFormat> = {
	provider: scriptivox,
	exportWith: 'Transcription: Export',
	formats: [
		{ name: 'SubRip Subtitles (SRT)', value: 'srt' },
		{ name: 'Text (TXT)', value: 'txt' },
		{ name: 'WebVTT Subtitles (VTT)', value: 'vtt' },
	],
	types: EXPORT_TYPES,
	download: async (context, itemIndex, { id }, format) =>
		await exportTranscription(context, itemIndex, id, format),
};
