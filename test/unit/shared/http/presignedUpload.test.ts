import { putFile } from '../../../../nodes/shared/http/presignedUpload';
import { withRetries } from '../../../../nodes/shared/core/retry';
import { uploadFileOf } from '../../../../nodes/shared/files/upload';
import {
	binaryItem,
	bodyOf,
	errorOf,
	everythingSaidBy,
	runNode,
	useBinaryStorage,
	useServer,
	waits,
} from '../../harness';
import type { BinaryStorage } from '../../harness';
import { probe, PROBE_KEY } from '../probe';

const server = useServer();
const SOUND = Buffer.alloc(8 * 1024 * 1024, 'sound');

/** Puts the item's file to the server, each time to a new address, with so many retries. */
const put = (maxRetries: number) =>
	probe(async (context, itemIndex) => {
		const file = await uploadFileOf(context, itemIndex, 'data');
		await withRetries(async (triesBefore) => {
			const url = `${server.url}/upload-${triesBefore}?token=signed-token`;
			const target = { url, contentType: 'audio/x-signed' };
			await putFile(context, itemIndex, file, target, triesBefore);
		}, maxRetries);
		return [];
	});

interface Seen {
	url: string;
	headers: Record<string, unknown>;
	body: Buffer;
}

/** Answers with these statuses in turn, after it has read each body to its end. */
function answering(...statuses: number[]): Seen[] {
	return answeringWith({}, ...statuses);
}

/** The same, with these headers on every refusal. */
function answeringWith(headers: Record<string, string>, ...statuses: number[]): Seen[] {
	const seen: Seen[] = [];
	server.answer = (request, response) => {
		void bodyOf(request).then((body) => {
			seen.push({ url: request.url!, headers: request.headers, body });
			const status = statuses[seen.length - 1] ?? 200;
			response.writeHead(status, status === 200 ? {} : headers).end();
		});
	};
	return seen;
}

describe.each<BinaryStorage>(['filesystem', 'memory'])('a file in %s', (storage) => {
	beforeAll(async () => await useBinaryStorage(storage));

	it('is put whole, with its length and exactly the signed type', async () => {
		const seen = answering(200);

		await runNode({ ...put(0), items: [await binaryItem(SOUND)] });

		expect(seen).toHaveLength(1);
		expect(seen[0]!.headers).toMatchObject({
			'content-type': 'audio/x-signed',
			'content-length': String(SOUND.length),
		});
		expect(seen[0]!.headers['transfer-encoding']).toBeUndefined();
		expect(seen[0]!.body.equals(SOUND)).toBe(true);
	});

	it('is put without the credential', async () => {
		const seen = answering(200);

		await runNode({ ...put(0), items: [await binaryItem(SOUND)] });

		expect(JSON.stringify(seen[0]!.headers)).not.toContain(PROBE_KEY);
		expect(seen[0]!.headers.authorization).toBeUndefined();
	});

	it('goes whole to a new address after the line broke half-way', async () => {
		const seen = answering(200);
		const whole = server.answer;
		server.answer = (request) => {
			server.answer = whole;
			request.once('data', () => request.socket.resetAndDestroy());
		};

		await runNode({ ...put(1), items: [await binaryItem(SOUND)] });

		expect(seen).toHaveLength(1);
		expect(seen[0]!.url).toBe('/upload-1?token=signed-token');
		expect(seen[0]!.body.equals(SOUND)).toBe(true);
		expect(waits).toHaveLength(1);
	});

	it('goes to a new address after a refusal that came before the body was read', async () => {
		const seen = answering(200);
		const whole = server.answer;
		server.answer = (_request, response) => {
			server.answer = whole;
			response.writeHead(403, { Connection: 'close' }).end('<Error>Request has expired</Error>');
		};

		await runNode({ ...put(1), items: [await binaryItem(SOUND)] });

		expect(seen.map(({ url }) => url)).toEqual(['/upload-1?token=signed-token']);
	});
});

describe('a storage that does not take the file', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));

	it('is asked at a new address after its own trouble', async () => {
		const seen = answering(503, 500, 200);

		await runNode({ ...put(2), items: [await binaryItem(Buffer.from('sound'))] });

		expect(seen.map(({ url }) => url)).toEqual(
			[0, 1, 2].map((n) => `/upload-${n}?token=signed-token`),
		);
	});

	it.each([
		[425, '7'],
		[429, '7'],
		[503, '7'],
		[503, 'Sun, 22 Nov 2026 12:00:07 GMT'],
		[429, 'Sun Nov 22 12:00:07 2026'],
	])('is left alone as long as its %d asks: %s', async (status, retryAfter) => {
		const seen = answeringWith({ 'Retry-After': retryAfter }, status);

		await runNode({ ...put(5), items: [await binaryItem(Buffer.from('sound'))] });

		expect(seen).toHaveLength(2);
		expect(waits).toEqual([7000]);
	});

	it.each([429, 503])('is not waited for longer than ten minutes after a %d', async (status) => {
		const seen = answeringWith({ 'Retry-After': '601' }, status);

		const error = await errorOf(
			runNode({ ...put(5), items: [await binaryItem(Buffer.from('sound'))] }),
		);

		expect(seen).toHaveLength(1);
		expect(waits).toEqual([]);
		expect(error.description).toContain('It asked to wait 601 seconds.');
		expect(error.description).toContain('Nothing was charged');
	});

	it('is believed the second time that it refuses', async () => {
		const seen = answering(403, 403, 403, 403);

		const error = await errorOf(
			runNode({ ...put(5), items: [await binaryItem(Buffer.from('sound'))] }),
		);

		expect(seen).toHaveLength(2);
		expect(error.message).toBe(
			'The file "speech.mp3" could not be uploaded: the storage answered with HTTP 403 [item 0]',
		);
		expect(error.httpCode).toBe('403');
	});

	it('is given up on after the last retry', async () => {
		const seen = answering(500, 500, 500);

		const error = await errorOf(
			runNode({ ...put(2), items: [await binaryItem(Buffer.from('sound'))] }),
		);

		expect(seen).toHaveLength(3);
		expect(error.description).toContain('Nothing was charged');
	});

	it('is not followed elsewhere', async () => {
		const seen = answering(307, 307);

		const error = await errorOf(
			runNode({ ...put(1), items: [await binaryItem(Buffer.from('sound'))] }),
		);

		expect(seen).toHaveLength(2);
		expect(error.message).toContain('HTTP 307');
	});

	it('never has its signed address shown', async () => {
		answering(403, 403);

		const refused = await errorOf(
			runNode({ ...put(1), items: [await binaryItem(Buffer.from('sound'))] }),
		);
		server.answer = (request) => request.socket.resetAndDestroy();
		const lost = await errorOf(
			runNode({ ...put(0), items: [await binaryItem(Buffer.from('sound'))] }),
		);

		expect(lost.message).toMatch(/the connection was lost: .+ \(ECONNRESET\)/);
		for (const error of [refused, lost]) {
			expect(everythingSaidBy(error)).not.toContain('signed-token');
		}
	});

	it('has its line cut when the execution is stopped', async () => {
		const stop = new AbortController();
		server.answer = () => stop.abort(new Error('stopped by the user'));

		const error = await errorOf(
			runNode({ ...put(5), items: [await binaryItem(SOUND)], signal: stop.signal }),
		);

		expect(error.message).not.toContain('could not be uploaded');
		expect(waits).toEqual([]);
	});
});
