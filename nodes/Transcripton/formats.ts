/** Kinds of file that a job can be exported to, with the type that each has. */
export const EXPORT_TYPES = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	json: 'application/json',
	md: 'text/markdown',
	pdf: 'application/pdf',
	srt: 'application/x-subrip',
	txt: 'text/plain',
	vtt: 'text/vtt',
} as const;

/** How a job is written to a file. */
export type ExportFormat = keyof typeof EXPORT_TYPES;
