/** Kinds of file that a transcription can be exported to, with the type of each. */
export const EXPORT_TYPES = {
	srt: 'application/x-subrip',
	vtt: 'text/vtt',
	txt: 'text/plain',
} as const;

/** How a transcription is written to a file. */
export type ExportFormat = keyof typeof EXPORT_TYPES;
