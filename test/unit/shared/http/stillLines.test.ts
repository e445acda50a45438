import { setTimeout as sleep } from 'node:timers/promises';

import { binaryItem, errorOf, everythingSaidBy, useBinaryStorage } from '../../harness';
import type { BinaryStorage } from '../../harness';
import { json, MEGABYTE, put, read, run, sendForm, server, silentAt, store } from '../lines';
import type { Use } from '../lines';
import { PROBE_KEY } from '../probe';

// the same code on real sockets and a real clock, with shorter limits
jest.mock('../../../../nodes/shared/http/lineLimits', () => ({
	LINE_LIMITS: {
		replySeconds: 1,
		bodySeconds: 1,
		replyBytes: 4 * 1024 * 1024,
		refusalBytes: 64 * 1024,
	},
}));

describe('a line on which bytes go on arriving', () => {
	it.each<[string, Use]>([
		['JSON', read()],
		['a file', read({ expects: 'bytes' })],
		['a file on its way into n8n’s storage', store],
	])('is not cut under %s that trickles', async (_what, use) => {
		await useBinaryStorage('filesystem');
		const pieces = ['{"words":"', ...'abcdefghijkl', '"}'];
		server.answer = (_incoming, response) => {
			const trickle = async () => {
				for (const piece of pieces) {
					response.write(piece);
					await sleep(200);
				}
				response.end();
			};
			void trickle();
		};
		const [item] = await run(use);

		expect(JSON.stringify(item!.json.body)).toContain('abcdefghijkl');
	});
});

describe('a line that falls silent', () => {
	describe.each<BinaryStorage>(['filesystem', 'memory'])('under an upload from %s', (storage) => {
		const item = async () => await binaryItem(Buffer.alloc(24 * MEGABYTE, 'sound'));
		beforeAll(async () => await useBinaryStorage(storage));

		it('is cut, and the file goes to a new address', async () => {
			const seen = silentAt(1);

			await run(put, { items: [await item()] });

			expect(seen).toEqual(['/upload-0', '/upload-1']);
		});

		it('is cut, and what has a key is sent again', async () => {
			const seen = silentAt(1);

			await run(sendForm(true), { items: [await item()] });

			expect(seen).toHaveLength(2);
		});

		it('is cut, and what has none is not sent again and may have arrived', async () => {
			const seen = silentAt(1);

			const error = await errorOf(run(sendForm(false), { items: [await item()] }));

			expect(seen).toHaveLength(1);
			expect(error.message).toContain('Probe did not answer the request to send a file');
			expect(error.description).toContain('no byte moved for 1 seconds (ETIMEDOUT)');
			expect(error.description).toContain('may have arrived');
			expect(everythingSaidBy(error)).not.toContain(PROBE_KEY);
		});

		it('ends at once when the execution is stopped', async () => {
			const stop = new AbortController();
			server.answer = (incoming) => {
				incoming.once('data', () => {
					incoming.pause();
					stop.abort(new Error('stopped by the user'));
				});
			};

			const error = await errorOf(
				run(sendForm(true), { items: [await item()], signal: stop.signal }),
			);

			expect(everythingSaidBy(error)).toContain('stopped by the user');
			expect(everythingSaidBy(error)).not.toContain('no byte moved');
			expect(everythingSaidBy(error)).not.toContain(PROBE_KEY);
		});
	});

	it('is said with the reason where a file never gets through', async () => {
		await useBinaryStorage('filesystem');
		silentAt(9);

		const error = await errorOf(
			run(put, { items: [await binaryItem(Buffer.alloc(24 * MEGABYTE, 'sound'))] }),
		);

		expect(error.message).toContain(
			'could not be uploaded: the connection was lost: no byte moved for 1 seconds (ETIMEDOUT)',
		);
	});

	it.each<[string, Use]>([
		['JSON', read()],
		['a file', read({ expects: 'bytes' })],
	])('is cut under %s, which is asked for again', async (_what, use) => {
		let requests = 0;
		server.answer = (_incoming, response) => {
			requests += 1;
			response.setHeader('Content-Length', 8);
			response.write('{"a"');
			if (requests > 1) response.end(': 1}');
		};

		const [item] = await run(use);

		expect(requests).toBe(2);
		expect(JSON.stringify(item!.json.body)).toContain('a');
	});

	it('is cut under a file on its way into n8n’s storage, which is told', async () => {
		await useBinaryStorage('filesystem');
		server.answer = (_incoming, response) => {
			response.setHeader('Content-Length', 8);
			response.write('half');
		};

		const error = await errorOf(run(store));

		expect(error.message).toContain('no byte moved for 1 seconds');
	});

	it('is cut before any reply came', async () => {
		let requests = 0;
		server.answer = (_incoming, response) => {
			if (++requests > 1) json(response);
		};

		await run(read());

		expect(requests).toBe(2);
	});
});

describe('a reply', () => {
	it.each<[string, Use]>([
		['JSON', read()],
		['a file', read({ expects: 'bytes' })],
	])('that breaks off half way through %s is asked for again', async (_what, use) => {
		let requests = 0;
		server.answer = (incoming, response) => {
			requests += 1;
			response.setHeader('Content-Length', 8);
			if (requests > 1) return void response.end('{"a": 1}');
			response.write('{"a"', () => setTimeout(() => incoming.socket.resetAndDestroy(), 50));
		};

		const [item] = await run(use);

		expect(requests).toBe(2);
		expect(JSON.stringify(item!.json.body)).toContain('1');
	});

	it('to a write without a key that breaks off half way is not asked for again', async () => {
		let requests = 0;
		server.answer = (incoming, response) => {
			requests += 1;
			response.setHeader('Content-Length', 8);
			response.write('{"a"', () => setTimeout(() => incoming.socket.resetAndDestroy(), 50));
		};

		const error = await errorOf(run(read({ method: 'POST', resendable: false })));

		expect(requests).toBe(1);
		expect(error.description).toContain('may have arrived');
	});

	it.each(['json', 'bytes'] as const)('without an end fills no memory as %s', async (expects) => {
		server.answer = (_incoming, response) => {
			const more = () => {
				while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 'x')));
			};
			response.on('drain', more);
			more();
		};

		const error = await errorOf(
			run(read({ expects }), { parameters: { options: { maxRetries: 0 } } }),
		);

		expect(error.description).toContain('the reply has more than 4 MB');
	});

	it('without an end that is a refusal is told by its beginning', async () => {
		server.answer = (_incoming, response) => {
			response.writeHead(400);
			const more = () => {
				while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, 'x')));
			};
			response.on('drain', more);
			more();
		};

		const error = await errorOf(run(read()));

		expect(error.message).toBe('Probe refused the request to read things: HTTP 400 [item 0]');
	});
});
