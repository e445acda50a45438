import type { IDataObject } from 'n8n-workflow';

const LONGEST_NAME_BYTES = 255;
const PARAMETER = /;\s*([\w!#$&+.^`|~-]+\*?)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;]+)/g;
const EXTENDED_VALUE = /^([\w-]+)'[^']*'(.*)$/;

/**
 * The file's name in a reply's Content-Disposition: `filename*` (RFC 5987), or else `filename`
 * (RFC 6266).
 *
 * @param headers with lower-case names
 * @returns the bare name, without a folder; null where the header gives none
 */
export function fileNameFrom(headers: IDataObject): string | null {
	const header = headers['content-disposition'];
	if (typeof header !== 'string') return null;
	const parameters = parametersOf(header);
	return (
		bareName(extendedText(parameters.get('filename*'))) ??
		bareName(plainText(parameters.get('filename')))
	);
}

function parametersOf(header: string): Map<string, string> {
	return new Map(
		[...header.matchAll(PARAMETER)].map(([, name, value]) => [
			String(name).toLowerCase(),
			unquoted(String(value)),
		]),
	);
}

function unquoted(value: string): string {
	return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}

/** A value such as `UTF-8''na%C3%AFve.txt`; undefined where it is malformed. */
function extendedText(value: string | undefined): string | undefined {
	const [, charset, encoded] = EXTENDED_VALUE.exec(value ?? '') ?? [];
	if (charset === undefined || encoded === undefined) return undefined;
	const bytes = bytesOf(encoded);
	switch (charset.toLowerCase()) {
		case 'utf-8':
			return utf8Text(bytes);
		case 'iso-8859-1':
			return bytes?.toString('latin1');
		default:
			return undefined;
	}
}

function bytesOf(percentEncoded: string): Buffer | undefined {
	if (!/^(?:[^%]|%[0-9a-fA-F]{2})*$/.test(percentEncoded)) return undefined;
	const pieces = percentEncoded.split(/(%[0-9a-fA-F]{2})/);
	return Buffer.concat(
		pieces.map((piece) =>
			piece.startsWith('%') ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece, 'latin1'),
		),
	);
}

function utf8Text(bytes: Buffer | undefined): string | undefined {
	const text = bytes?.toString('utf8');
	return text?.includes('\ufffd') ? undefined : text;
}

/** A plain value; servers that put UTF-8 there unencoded arrive as Latin-1. */
function plainText(value: string | undefined): string | undefined {
	if (value === undefined) return undefined;
	return utf8Text(Buffer.from(value, 'latin1')) ?? value;
}

/** A name that is safe to give to a file: no folder, no control character, not too long. */
function bareName(text: string | undefined): string | null {
	const name = (text?.split(/[/\\]/).at(-1) ?? '').replace(/[\p{Cc}\u2028\u2029]/gu, '').trim();
	if (name === '' || name === '.' || name === '..') return null;
	return Buffer.byteLength(name) > LONGEST_NAME_BYTES ? null : name;
}
