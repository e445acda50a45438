import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;
/** Colours that are no further apart than this share a place in the palette. */
const NEAR = 4;

interface Pixels {
	width: number;
	height: number;
	/** A number for each: red, green, blue. */
	colours: Uint32Array;
}

/**
 * The picture with at most 256 colours, in a third of the bytes: an editor is flat, so that nobody
 * sees the difference.
 *
 * @param png as the browser takes it: 8 bits a channel, without interlacing
 */
export function smallPng(png: Buffer): Buffer {
	const pixels = decode(png);
	const palette = paletteOf(pixels.colours);
	return encode(pixels, palette);
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
	for (let at = SIGNATURE.length; at < png.length;) {
		const length = png.readUInt32BE(at);
		yield {
			type: png.toString('latin1', at + 4, at + 8),
			data: png.subarray(at + 8, at + 8 + length),
		};
		at += length + 12;
	}
}

function decode(png: Buffer): Pixels {
	const chunks = [...chunksOf(png)];
	const header = chunks.find(({ type }) => type === 'IHDR')!.data;
	const width = header.readUInt32BE(0);
	const height = header.readUInt32BE(4);
	const channels = header[9] === 6 ? 4 : 3;
	const parts = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
	const bytes = unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
	const colours = new Uint32Array(width * height);
	for (let i = 0; i < colours.length; i++) {
		const at = i * channels;
		colours[i] = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
	}
	return { width, height, colours };
}

/** Undoes the filter of each line (PNG specification, section 9). */
function unfiltered(raw: Buffer, stride: number, height: number, channels: number): Buffer {
	const bytes = Buffer.alloc(stride * height);
	for (let line = 0; line < height; line++) {
		const filter = raw[line * (stride + 1)]!;
		for (let x = 0; x < stride; x++) {
			const at = line * stride + x;
			const left = x >= channels ? bytes[at - channels]! : 0;
			const up = line > 0 ? bytes[at - stride]! : 0;
			const corner = x >= channels && line > 0 ? bytes[at - stride - channels]! : 0;
			const predicted = predict(filter, left, up, corner);
			bytes[at] = raw[line * (stride + 1) + 1 + x]! + predicted;
		}
	}
	return bytes;
}

function predict(filter: number, left: number, up: number, corner: number): number {
	if (filter === 1) return left;
	if (filter === 2) return up;
	if (filter === 3) return (left + up) >> 1;
	if (filter === 4) return paeth(left, up, corner);
	return 0;
}

function paeth(left: number, up: number, corner: number): number {
	const estimate = left + up - corner;
	const toLeft = Math.abs(estimate - left);
	const toUp = Math.abs(estimate - up);
	const toCorner = Math.abs(estimate - corner);
	if (toLeft <= toUp && toLeft <= toCorner) return left;
	return toUp <= toCorner ? up : corner;
}

/** The colours that the picture has most of, leaving out those that are near another. */
function paletteOf(colours: Uint32Array): number[] {
	const counts = new Map<number, number>();
	for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
	const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
	const palette: number[] = [];
	for (const colour of byCount) {
		if (palette.length === COLOURS) break;
		if (palette.every((other) => distance(colour, other) > NEAR)) palette.push(colour);
	}
	return palette;
}

function distance(a: number, b: number): number {
	const red = Math.abs((a >> 16) - (b >> 16));
	const green = Math.abs(((a >> 8) & 255) - ((b >> 8) & 255));
	return red + green + Math.abs((a & 255) - (b & 255));
}

function encode({ width, height, colours }: Pixels, palette: number[]): Buffer {
	const places = new Map<number, number>();
	const lines = Buffer.alloc((width + 1) * height);
	for (let i = 0; i < colours.length; i++) {
		const colour = colours[i]!;
		let place = places.get(colour);
		if (place === undefined) places.set(colour, (place = nearest(colour, palette)));
		lines[Math.floor(i / width) + i + 1] = place;
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// eight bits a pixel, of a palette
	header.set([8, 3], 8);
	const table = Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('PLTE', table),
		chunk('IDAT', deflateSync(lines, { level: 9 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function nearest(colour: number, palette: number[]): number {
	const distances = palette.map((other) => distance(colour, other));
	return distances.indexOf(Math.min(...distances));
}

function chunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, check]);
}

/** The check of a chunk (PNG specification, annex D). */
function crc32(bytes: Buffer): number {
	let check = 0xffffffff;
	for (const byte of bytes) {
		check ^= byte;
		for (let bit = 0; bit < 8; bit++) check = (check >>> 1) ^ (check & 1 ? 0xedb88320 : 0);
	}
	return (check ^ 0xffffffff) >>> 0;
}
