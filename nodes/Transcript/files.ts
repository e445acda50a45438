import type { Transcript } from '../shared/transcript/transcript';
import type { FileSettings } from './captionSettings';
import { toSrt, toVtt } from './captions';
import { toCsv, toJson, toMarkdown, toText } from './textFiles';

/** The kinds of file that a transcript can be made into; stored in workflows: never rename one. */
export type FileFormat = 'csv' | 'json' | 'md' | 'srt' | 'txt' | 'vtt';

/** The MIME type of each. */
export const MIME_TYPES: Readonly<Record<FileFormat, string>> = {
	csv: 'text/csv',
	json: 'application/json',
	md: 'text/markdown',
	srt: 'application/x-subrip',
	txt: 'text/plain',
	vtt: 'text/vtt',
};

/** What writes each. */
export const WRITERS: Readonly<
	Record<FileFormat, (transcript: Transcript, settings: FileSettings) => string>
> = { csv: toCsv, json: toJson, md: toMarkdown, srt: toSrt, txt: toText, vtt: toVtt };
