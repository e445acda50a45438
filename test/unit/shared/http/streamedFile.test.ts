import { Readable } from 'node:stream';

import { MultipartForm } from '../../../../nodes/shared/http/multipart';
import { StreamedFile } from '../../../../nodes/shared/http/streamedFile';
import type { UploadFile } from '../../../../nodes/shared/files/upload';

const PIECE = 64 * 1024;
const BYTES = Buffer.from(Array.from({ length: 3 * PIECE + 7 }, (_, at) => at % 251));

jest.mock('../../../../nodes/shared/http/lineLimits', () => ({
	LINE_LIMITS: { dripSeconds: 0.02 },
}));

const inStorage = () => Readable.from(cut(BYTES), { objectMode: false });
const file = (open: UploadFile['open']): UploadFile => ({
	name: 'talk.mp3',
	mimeType: 'audio/mpeg',
	size: BYTES.length,
	open,
	unreadable: (cause) => cause,
});
const KINDS: Array<[string, UploadFile['open']]> = [
	['in n8n’s storage', async () => inStorage()],
	['in memory', async () => BYTES],
];

function* cut(bytes: Buffer) {
	for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

describe.each(KINDS)('a file %s', (_where, open) => {
	it('comes whole, and tells of each piece once the next is asked for', async () => {
		const streamed = new StreamedFile(file(open));
		const told: number[] = [];
		let isOver = false;
		streamed.sentBy({ moved: (bytes) => told.push(bytes), handedOver: () => (isOver = true) });
		const pieces: Uint8Array[] = [];
		let sent = 0;

		for await (const piece of streamed.stream()) {
			expect(told.reduce((sum, bytes) => sum + bytes, 0)).toBe(sent);
			expect(isOver).toBe(false);
			pieces.push(piece);
			sent += piece.length;
		}

		expect(Buffer.concat(pieces).equals(BYTES)).toBe(true);
		expect(told.reduce((sum, bytes) => sum + bytes, 0)).toBe(BYTES.length);
		expect(isOver).toBe(true);
	});

	it('drips while its last piece is held back, and then comes whole', async () => {
		const streamed = new StreamedFile(file(open));
		let letGo = () => {};
		let asked = 0;
		streamed.sentBy({
			moved: () => {},
			handedOver: () => {},
			mayEnd: async () => {
				asked += 1;
				await new Promise<void>((resolve) => (letGo = resolve));
			},
		});
		const pieces: Uint8Array[] = [];

		for await (const piece of streamed.stream()) {
			pieces.push(piece);
			if (pieces.filter(({ length }) => length === 1).length === 3) letGo();
		}

		expect(asked).toBe(1);
		expect(pieces.filter(({ length }) => length === 1)).toHaveLength(3);
		expect(Buffer.concat(pieces).equals(BYTES)).toBe(true);
	});

	it('is not completed where the request ends while it is held back', async () => {
		const form = new MultipartForm();
		form.appendFile('file', file(open));
		form.sentBy({
			moved: () => {},
			handedOver: () => {},
			mayEnd: async () => await Promise.reject(new Error('cut')),
		});
		const [[, streamed]] = [...form.entries()] as [[string, StreamedFile]];
		let sent = 0;
		const reading = async () => {
			for await (const piece of streamed.stream()) sent += piece.length;
		};

		await expect(reading()).rejects.toThrow('cut');
		expect(sent).toBeLessThan(BYTES.length);
		expect(form.failure).toBeUndefined();
	});

	it('can be sent again from its start', async () => {
		const streamed = new StreamedFile(file(open));
		await streamed.stream().next();
		streamed.destroy();
		const pieces: Uint8Array[] = [];
		for await (const piece of streamed.stream()) pieces.push(piece);

		expect(Buffer.concat(pieces).equals(BYTES)).toBe(true);
		expect(streamed.failure).toBeUndefined();
	});
});
