import type { BinaryBody } from './upload';

/** Bytes that are looked at: enough for the pages with which an Ogg file begins. */
const LOOKED_AT_BYTES = 4096;

/** A text that stands at a place, and the extension that it means. */
type Mark = [at: number, text: string, extension: string];

/** Containers that one text tells, at byte 0 unless it says otherwise (the formats' own documents). */
const MARKS: readonly Mark[] = [
	[0, 'fLaC', 'flac'],
	[0, 'FLV', 'flv'],
	[0, 'caff', 'caf'],
	[0, '.snd', 'au'],
	[0, 'MThd', 'mid'],
	[0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11', 'asf'],
	[0, '\x00\x00\x01\xba', 'mpeg'],
	[0, '\x00\x00\x01\xb3', 'mpeg'],
	[0, 'PK\x03\x04', 'zip'],
	[0, '\x89PNG', 'png'],
	[0, '\xff\xd8\xff', 'jpg'],
	[0, 'GIF8', 'gif'],
	[4, 'moov', 'mov'],
	[4, 'mdat', 'mov'],
	[4, 'wide', 'mov'],
	[4, 'free', 'mov'],
	[4, 'skip', 'mov'],
	[4, 'pnot', 'mov'],
];

/** The marks that no sentence begins with. */
const WORDLESS_MARKS: readonly Mark[] = [
	[0, '#!AMR-WB\n', 'awb'],
	[0, '#!AMR\n', 'amr'],
	[0, '%PDF', 'pdf'],
];

/** What stands at byte 8 of a RIFF or IFF file. */
const CHUNK_FORMS: Record<string, string> = {
	WAVE: 'wav',
	'AVI ': 'avi',
	RMID: 'mid',
	WEBP: 'webp',
	AIFF: 'aiff',
	AIFC: 'aiff',
};

/** Beginnings of the brand of an ISO media file; every other brand is an MP4's (mp4ra.org). */
const BRANDS: ReadonlyArray<[brand: string, extension: string]> = [
	['qt  ', 'mov'],
	['M4A', 'm4a'],
	['M4B', 'm4a'],
	['M4V', 'm4v'],
	['f4v', 'f4v'],
	['3g2', '3g2'],
	['3g', '3gp'],
	['heic', 'heic'],
	['heix', 'heic'],
	['mif1', 'heic'],
];

const TRANSPORT_PACKET_BYTES = 188;
const TIMED_PACKET_BYTES = 192;
const ID3_HEADER_BYTES = 10;
const EBML_HEADER_BYTES = 64;

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/**
 * What a file's first bytes say that it is.
 *
 * @param head the first bytes, some 4 kB or all of them
 * @returns an extension without a dot; undefined where they say nothing
 */
export function contentsOf(head: Buffer): string | undefined {
	const text = head.toString('latin1', 0, LOOKED_AT_BYTES);
	// a sentence may begin with a mark: caffeine, The free, ID3 tags
	return isText(head.subarray(0, LOOKED_AT_BYTES))
		? (markedContents(text, WORDLESS_MARKS) ?? textContents(text))
		: binaryContents(head, text);
}

/** Whether there are no bytes but those of text, white space included. */
function isText(head: Buffer): boolean {
	return head.every((byte) => byte >= SPACE || (byte >= TAB && byte <= CARRIAGE_RETURN));
}

function markedContents(text: string, marks: readonly Mark[]): string | undefined {
	return marks.find(([at, mark]) => text.startsWith(mark, at))?.[2];
}

function binaryContents(head: Buffer, text: string): string | undefined {
	if (text.startsWith('ID3')) return contentsOf(head.subarray(endOfTag(head))) ?? 'mp3';
	if (/^(RIFF|RF64|BW64|FORM)/.test(text)) return CHUNK_FORMS[text.slice(8, 12)];
	if (text.startsWith('OggS')) return oggContents(text);
	if (text.startsWith('\x1a\x45\xdf\xa3')) return matroskaContents(text);
	if (text.startsWith('ftyp', 4)) return brandContents(text.slice(8, 12));
	return (
		markedContents(text, [...WORDLESS_MARKS, ...MARKS]) ??
		frameContents(head) ??
		packetContents(text) ??
		textContents(text)
	);
}

function endOfTag(head: Buffer): number {
	const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, ID3_HEADER_BYTES);
	return ID3_HEADER_BYTES + ((a << 21) | (b << 14) | (c << 7) | d);
}

function oggContents(text: string): string {
	if (text.includes('\x80theora')) return 'ogv';
	return text.includes('OpusHead') ? 'opus' : 'ogg';
}

function matroskaContents(text: string): string {
	return text.slice(0, EBML_HEADER_BYTES).includes('webm') ? 'webm' : 'mkv';
}

function brandContents(brand: string): string {
	return BRANDS.find(([beginning]) => brand.startsWith(beginning))?.[1] ?? 'mp4';
}

/** An MPEG audio frame begins with eleven bits that are set, then version and layer (ISO 11172-3). */
function frameContents([first = 0, second = 0, third = 0]: Uint8Array): string | undefined {
	if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
	const layer = (second >> 1) & 3;
	if (layer === 0) return (second & 0xf0) === 0xf0 ? 'aac' : undefined;
	const isReserved = (second & 0x18) === 0x08 || third >> 4 === 15 || (third & 0x0c) === 0x0c;
	// two bytes of UTF-16 would pass for layer I, which nobody records in
	return isReserved || layer === 3 ? undefined : 'mp3';
}

/** Packets of a transport stream begin with a G (ISO 13818-1); a camera puts four bytes before each. */
function packetContents(text: string): string | undefined {
	const repeats = (from: number, every: number) =>
		[0, 1, 2].every((packet) => text[from + packet * every] === 'G');
	return repeats(0, TRANSPORT_PACKET_BYTES) || repeats(4, TIMED_PACKET_BYTES) ? 'ts' : undefined;
}

function textContents(text: string): string | undefined {
	const beginning = text.replace(/^(\xef\xbb\xbf)?\s*/, '').slice(0, 15);
	if (/^<(!doctype html|html)/i.test(beginning)) return 'html';
	return /^[{[]\s*["{[]/.test(beginning) ? 'json' : undefined;
}

/**
 * Reads what a file's first bytes say that it is, and closes it.
 *
 * @returns as `contentsOf`
 * @throws the error of opening it
 */
export async function readContents(file: {
	open(): Promise<BinaryBody>;
}): Promise<string | undefined> {
	return contentsOf(await headOf(await file.open()));
}

async function headOf(body: BinaryBody): Promise<Buffer> {
	if (Buffer.isBuffer(body)) return body.subarray(0, LOOKED_AT_BYTES);
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of body as AsyncIterable<Uint8Array>) {
			chunks.push(chunk);
			size += chunk.length;
			if (size >= LOOKED_AT_BYTES) break;
		}
	} finally {
		body.destroy();
	}
	return Buffer.concat(chunks).subarray(0, LOOKED_AT_BYTES);
}
