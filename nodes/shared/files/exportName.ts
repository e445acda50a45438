import { LONGEST_NAME_BYTES, extensionOf, plainName } from './fileName';
import { recordingNamed } from './fileKinds';

/**
 * The name of a file that was made of a recording: `meeting.mp3` gives `meeting.srt`.
 *
 * @param recording the recording's name, of which the bare name counts
 * @param extension of the new file, without its dot
 * @returns undefined where nothing is left of the recording's name
 */
export function exportName(recording: string, extension: string): string | undefined {
	const name = plainName(recording.split('/').at(-1) ?? '');
	const stem = recordingNamed(extensionOf(name)) ? name.replace(/\.[^.]*$/, '') : name;
	const end = `.${extension}`;
	const shortStem = shortened(stem, LONGEST_NAME_BYTES - end.length);
	return shortStem === '' ? undefined : shortStem + end;
}

/** The beginning of a text that fits into so many bytes, without a character cut in two. */
function shortened(text: string, mostBytes: number): string {
	const bytes = Buffer.from(text);
	if (bytes.length <= mostBytes) return text;
	const beginning = bytes.subarray(0, mostBytes).toString('utf8');
	return beginning.replace(/\ufffd+$/, '').trimEnd();
}

/**
 * The name of the recording that a link leads to.
 *
 * @returns null where its path does not end in the name of a recording
 */
export function nameInLink(url: unknown): string | null {
	if (typeof url !== 'string' || !URL.canParse(url.trim())) return null;
	const name = plainName(new URL(url.trim()).pathname.split('/').at(-1) ?? '');
	return recordingNamed(extensionOf(name)) ? name : null;
}
