import type { IncomingMessage } from 'node:http';

import type { ApiCall } from '../../../../nodes/shared/http/apiCall';
import { MultipartForm } from '../../../../nodes/shared/http/multipart';
import { limiterFor } from '../../../../nodes/shared/http/pacing';
import { request } from '../../../../nodes/shared/http/request';
import { uploadFileOf } from '../../../../nodes/shared/files/upload';
import { binaryItem, errorOf, runNode, useBinaryStorage, useServer } from '../../harness';
import type { Run } from '../../harness';
import { probe, probeProvider } from '../probe';

// the real clock and n8n's real timers: whoever is held for a minute runs into the test's own limit
jest.unmock('n8n-workflow');
jest.setTimeout(20_000);
beforeEach(() => void jest.useRealTimers());

const server = useServer();
const json = { 'Content-Type': 'application/json' };

const READ: ApiCall = {
	endpoint: { name: 'read things', requestsPerMinute: 150 },
	method: 'GET',
	path: '/things',
	expects: 'json',
	resendable: true,
};

/** A workflow of its own with a credential that it shares with others. */
async function workflow(
	credentialId: string,
	options: { requestsPerMinute?: number; maxRetries?: number; maxParallel?: number },
	run: Partial<Run> = {},
	call = READ,
) {
	return await runNode({
		...probe(async (context, itemIndex) => {
			await request(context, probeProvider, call, itemIndex);
			return [{ json: {} }];
		}),
		credentials: { probeApi: { baseUrl: server.url } },
		credentialId,
		parameters: { options },
		...run,
	});
}

const items = (count: number) => Array.from({ length: count }, () => ({ json: {} }));

it('two workflows with other limits on one credential do not hold each other', async () => {
	let requests = 0;
	server.answer = (_incoming, response) => {
		requests += 1;
		response.writeHead(200, json).end('{}');
	};
	const stop = new AbortController();
	const slow = errorOf(
		workflow('shared', { requestsPerMinute: 1 }, { items: items(3), signal: stop.signal }),
	);
	while (requests < 1) await new Promise(setImmediate);

	await workflow('shared', { requestsPerMinute: 150 }, { items: items(20) });

	expect(requests).toBe(21);
	stop.abort(new Error('stopped'));
	await slow;
});

it('a caller that stops leaves at once, and its turn to nobody', async () => {
	let requests = 0;
	server.answer = (_incoming, response) => {
		requests += 1;
		response.writeHead(200, json).end('{}');
	};
	await workflow('stopping', { requestsPerMinute: 3 });
	const stop = new AbortController();
	const stopped = errorOf(
		workflow(
			'stopping',
			{ requestsPerMinute: 1, maxParallel: 5 },
			{ items: items(5), signal: stop.signal },
		),
	);
	setTimeout(() => stop.abort(new Error('stopped by the user')), 100);

	expect(String((await stopped).message)).toContain('stopped');
	await workflow('stopping', { requestsPerMinute: 3 });

	expect(requests).toBe(3);
});

it.each(['3600', '9999999', 'Wed, 26 Nov 2098 12:00:00 GMT'])(
	'a 503 with a Retry-After of %s fails its item at once and holds nobody',
	async (retryAfter) => {
		let requests = 0;
		server.answer = (_incoming, response) => {
			if (++requests > 1) return void response.writeHead(200, json).end('{}');
			response.writeHead(503, { 'Retry-After': retryAfter }).end();
		};

		const error = await errorOf(workflow(retryAfter, {}));
		await workflow(retryAfter, {});

		expect(error.description).toContain('It asked to wait');
		expect(requests).toBe(2);
	},
);

it('a 503 that asks for a second holds all of its credential and endpoint for that, and no other', async () => {
	const seen: string[] = [];
	let refusedAt = 0;
	let earliest = Infinity;
	server.answer = ({ url }: IncomingMessage, response) => {
		seen.push(url!);
		if (!refusedAt) {
			refusedAt = Date.now();
			return void response.writeHead(503, { ...json, 'Retry-After': '1' }).end();
		}
		if (url === '/things') earliest = Math.min(earliest, Date.now() - refusedAt);
		response.writeHead(200, json).end('{}');
	};
	const elsewhere = { ...READ, endpoint: { ...READ.endpoint, name: 'other' }, path: '/others' };
	const first = workflow('busy', {});
	while (!refusedAt) await new Promise(setImmediate);
	await new Promise((resolve) => setTimeout(resolve, 100));

	await Promise.all([first, workflow('busy', {}), workflow('busy', {}, {}, elsewhere)]);

	expect(seen.slice(0, 2)).toEqual(['/things', '/others']);
	expect(earliest).toBeGreaterThanOrEqual(999);
});

it('a try that comes after a pause heeds what was asked of others meanwhile', async () => {
	let refusedAt = 0;
	let triedAgainAt = 0;
	server.answer = (_incoming, response) => {
		if (refusedAt) triedAgainAt = Date.now();
		else refusedAt = Date.now();
		response.writeHead(triedAgainAt ? 200 : 503, json).end('{}');
	};
	const trying = workflow('patient', { requestsPerMinute: 0 });
	while (!refusedAt) await new Promise(setImmediate);
	await new Promise((resolve) => setTimeout(resolve, 200));

	// makes the process forget the limiters that hold nobody
	limiterFor('another credential', 'read things');
	limiterFor('probeApi patient', 'read things').pause(2);
	await trying;

	expect(triedAgainAt - refusedAt).toBeGreaterThanOrEqual(2199);
});

it('an upload that lasts holds no start by a link that has another slot', async () => {
	await useBinaryStorage('filesystem');
	const ended: Array<() => void> = [];
	server.answer = (incoming, response) => {
		const answer = () => response.writeHead(200, json).end('{}');
		incoming.resume().on('end', () => (incoming.method === 'GET' ? answer() : ended.push(answer)));
	};
	const item = await binaryItem(Buffer.alloc(20 * 1024 * 1024, 'sound'));
	const upload = runNode({
		...probe(async (context, itemIndex) => {
			const form = new MultipartForm();
			form.appendFile('file', await uploadFileOf(context, itemIndex, 'data'));
			const call: ApiCall = { ...READ, method: 'POST', body: form };
			await request(context, probeProvider, call, itemIndex);
			return [];
		}),
		credentials: { probeApi: { baseUrl: server.url } },
		credentialId: 'long',
		items: [item],
		parameters: { options: { requestsPerMinute: 2 } },
	});
	while (ended.length < 1) await new Promise(setImmediate);

	await workflow('long', { requestsPerMinute: 2 });

	ended[0]!();
	await upload;
});
