import type { Transcript } from '../shared/transcript/transcript';
import { toSrt, toText, toVtt } from './captions';
import type { CaptionSettings } from './captions';

/** The kinds of file that a transcript can be made into; stored in workflows: never rename one. */
export type FileFormat = 'srt' | 'txt' | 'vtt';

/** The MIME type of each. */
export const MIME_TYPES: Readonly<Record<FileFormat, string>> = {
	srt: 'application/x-subrip',
	txt: 'text/plain',
	vtt: 'text/vtt',
};

/** What writes each. */
export const WRITERS: Readonly<
	Record<FileFormat, (transcript: Transcript, settings: CaptionSettings) => string>
> = { srt: toSrt, txt: toText, vtt: toVtt };
