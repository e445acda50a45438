/** Kinds of file that a transcript can be exported to, with the type of each. */
export const EXPORT_TYPES = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	json: 'application/json',
	srt: 'application/x-subrip',
	txt: 'text/plain',
	vtt: 'text/vtt',
} as const;

/** How a transcript is written to a file. */
export type ExportFormat = keyof typeof EXPORT_TYPES;
