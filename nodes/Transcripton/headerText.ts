const EXTENDED_VALUE = /^([\w-]+)'[^']*'(.*)$/;
const ENCODED_WORD = /=\?([\w-]+)\?([bq])\?([^?\s]*)\?=(?:\s+(?==\?))?/gi;
const ESCAPE = /%[0-9a-f]{2}/i;

/**
 * A header's value such as `UTF-8''na%C3%AFve.txt` (RFC 8187, section 3.2).
 *
 * @returns undefined where it is malformed
 */
export function extendedText(value: string): string | undefined {
	const [, charset, encoded] = EXTENDED_VALUE.exec(value) ?? [];
	if (charset === undefined || encoded === undefined) return undefined;
	return textIn(charset, unescaped(encoded, '%'));
}

/**
 * A header's plain value, as servers write it that do not know the extended one: with the escapes of
 * a URL, in the words of mail (RFC 2047), or in UTF-8, which arrives as Latin-1. Browsers read these.
 */
export function plainText(value: string): string {
	if (value.includes('=?')) return value.replace(ENCODED_WORD, wordText);
	const written = ESCAPE.test(value) ? utf8Text(unescaped(value, '%')) : undefined;
	return written ?? utf8Text(Buffer.from(value, 'latin1')) ?? value;
}

function wordText(word: string, charset: string, encoding: string, text: string): string {
	const isBase64 = encoding.toLowerCase() === 'b';
	const bytes = isBase64 ? Buffer.from(text, 'base64') : unescaped(text.replaceAll('_', ' '), '=');
	return textIn(charset, bytes) ?? word;
}

function textIn(charset: string, bytes: Buffer | undefined): string | undefined {
	switch (charset.toLowerCase()) {
		case 'utf-8':
			return utf8Text(bytes);
		case 'iso-8859-1':
			return bytes?.toString('latin1');
		default:
			return undefined;
	}
}

/** Bytes of which some are written as the mark and two hex digits; undefined where that is broken. */
function unescaped(text: string, mark: '%' | '='): Buffer | undefined {
	const [start = '', ...escapes] = text.split(mark);
	if (!escapes.every((escape) => /^[0-9a-f]{2}/i.test(escape))) return undefined;
	const hex = escapes.map(
		(escape) => escape.slice(0, 2) + Buffer.from(escape.slice(2), 'latin1').toString('hex'),
	);
	return Buffer.from(Buffer.from(start, 'latin1').toString('hex') + hex.join(''), 'hex');
}

function utf8Text(bytes: Buffer | undefined): string | undefined {
	const text = bytes?.toString('utf8');
	// what is no UTF-8 comes back as other bytes
	return text !== undefined && bytes?.equals(Buffer.from(text)) ? text : undefined;
}
