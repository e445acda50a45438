/** What Windows-1252 has from 0x80 to 0x9f, where Latin-1 has control characters. */
const OF_WINDOWS =
	'\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Bytes that are looked at to tell an encoding. */
const LOOKED_AT_BYTES = 1024;

/**
 * The text of a caption file: in UTF-8 or UTF-16, told by its mark or its zeros, else in Windows-1252,
 * which old editors write.
 */
export function captionText(bytes: Buffer): string {
	const encoding = markedEncoding(bytes) ?? unmarkedEncoding(bytes);
	if (encoding) return new TextDecoder(encoding).decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return windowsText(bytes);
	}
}

// some versions of Node.js take Windows-1252 for Latin-1
function windowsText(bytes: Buffer): string {
	return bytes
		.toString('latin1')
		.replace(/[\x80-\x9f]/g, (mark) => OF_WINDOWS[mark.charCodeAt(0) - 0x80]!);
}

function markedEncoding([first, second, third]: Uint8Array): string | undefined {
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

/** Times and line ends have a zero in each character of UTF-16: before it, or behind it. */
function unmarkedEncoding(bytes: Buffer): string | undefined {
	const zeros = [0, 0];
	bytes.subarray(0, LOOKED_AT_BYTES).forEach((byte, at) => {
		if (byte === 0) zeros[at % 2]! += 1;
	});
	const [before = 0, behind = 0] = zeros;
	if (before === behind) return undefined;
	return before > behind ? 'utf-16be' : 'utf-16le';
}
