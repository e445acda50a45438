import type { IDataObject } from 'n8n-workflow';

import { bareName } from '../shared/files/fileName';
import { extendedText, plainText } from './headerText';

// a quoted value without its end goes to the end of the header, a bare one to the next semicolon
const PARAMETER =
	/(?:^|;)\s*([\w!#$&+.^`|~-]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|([^";][^;]*))/g;

/** Where another header of the same name was joined to this one. */
const NEXT_HEADER = /,\s*(?:attachment|inline)\s*$/i;

interface Parameter {
	/** In lower case. */
	name: string;
	value: string;
}

/**
 * The file's name in a reply's Content-Disposition: `filename*` (RFC 5987), or else `filename`
 * (RFC 6266). Of several the first that is a name counts, as with browsers.
 *
 * @param headers with lower-case names
 * @returns the bare name, without a folder; null where the header gives none
 */
export function fileNameFrom(headers: IDataObject): string | null {
	const parameters = [headers['content-disposition']].flat().flatMap(parametersOf);
	return (
		firstName(parameters, 'filename*', extendedText) ?? firstName(parameters, 'filename', plainText)
	);
}

function firstName(
	parameters: Parameter[],
	wanted: string,
	textOf: (value: string) => string | undefined,
): string | null {
	const names = parameters
		.filter(({ name }) => name === wanted)
		.map(({ value }) => bareName(textOf(value)));
	return names.find((name) => name !== null) ?? null;
}

function parametersOf(header: unknown): Parameter[] {
	if (typeof header !== 'string') return [];
	return [...header.matchAll(PARAMETER)].map(([, name = '', quoted, bare = '']) => ({
		name: name.toLowerCase(),
		value: quoted?.replace(/\\(.)/g, '$1') ?? bare.replace(NEXT_HEADER, '').trim(),
	}));
}
