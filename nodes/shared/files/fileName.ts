import { recordingNamed } from './fileKinds';

const ESCAPES = /(?:%[0-9a-f]{2})+/gi;
// a slash in a name would be a folder, to the provider as to us
const UNFIT_FOR_A_NAME = /[\p{Cc}\u2028\u2029/\\]/u;
const CONTROL_CHARACTERS = /[\p{Cc}\u2028\u2029]+/gu;
// blanks of every width, and characters that take no room, such as the marks for right to left
const BLANK = '[\\s\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069]';
const BLANKS_IN_FRONT = new RegExp(`^${BLANK}+`);
// a backslash at the end of a name hides that end, and the file with it, within a form
const UNFIT_BEHIND = new RegExp(`(?:${BLANK}|[.\\\\])+$`);
const WINDOWS_FOLDERS = /^.*\\/;
const QUERY = /\.(\w+)([?#].*)$/;

/** The most bytes that a name may have in the file systems in use. */
export const LONGEST_NAME_BYTES = 255;

/** A file name's extension in lower case, without the dot; empty where it has none. */
export function extensionOf(fileName: string): string {
	return /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/**
 * A name that is safe to give to a file, from one that a provider gives: no folder, no control
 * character, not too long.
 *
 * @returns null where nothing is left, or it is too long
 */
export function bareName(text: string | null | undefined): string | null {
	const name = (text?.split(/[/\\]/).at(-1) ?? '').replace(CONTROL_CHARACTERS, '').trim();
	if (name === '' || name === '.' || name === '..') return null;
	return Buffer.byteLength(name) > LONGEST_NAME_BYTES ? null : name;
}

/**
 * A file's name as a person would write it: percent escapes decoded where they stand for text, on
 * one line, without blanks around it, dots behind it, the folders of a Windows path, or the query of the
 * link that it comes from.
 *
 * @returns an empty text where nothing is left
 */
export function plainName(fileName: string): string {
	// a query may run over a line end, so the lines are joined first
	const onOneLine = fileName.replace(ESCAPES, decoded).replace(CONTROL_CHARACTERS, ' ');
	return withoutQuery(onOneLine)
		.replace(UNFIT_BEHIND, '')
		.replace(WINDOWS_FOLDERS, '')
		.replace(BLANKS_IN_FRONT, '');
}

// n8n names some downloads after the whole path, and a signed link's query is a key
function withoutQuery(fileName: string): string {
	const [, extension, query] = QUERY.exec(fileName) ?? [];
	const isRecording = extension !== undefined && recordingNamed(extension.toLowerCase());
	return isRecording && query ? fileName.slice(0, -query.length) : fileName;
}

/** What escapes stand for; the escapes themselves where that is no text, or nothing for a name. */
function decoded(escapes: string): string {
	try {
		const text = decodeURIComponent(escapes);
		return UNFIT_FOR_A_NAME.test(text) ? escapes : text;
	} catch {
		return escapes;
	}
}
