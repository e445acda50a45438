import { inspect } from 'node:util';

import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';

import { request } from '../../../../nodes/shared/http/request';
import type { ApiCall } from '../../../../nodes/shared/http/apiCall';
import { errorOf, everythingSaidBy, runNode, waits } from '../../harness';
import type { Run } from '../../harness';
import { probe, probeProvider, PROBE_KEY, PROBE_URL, READ } from '../probe';

const WRITE: ApiCall = {
	endpoint: { name: 'make a thing', requestsPerMinute: 0 },
	method: 'POST',
	path: '/things',
	headers: { 'Content-Type': 'application/json' },
	body: { name: 'x' },
	expects: 'json',
	needs: ['id'],
	resendable: false,
	lookup: 'Look with Get Many whether the thing exists',
};
const KEYED_WRITE: ApiCall = { ...WRITE, resendable: true };
const KINDS = { read: READ, 'write with a key': KEYED_WRITE, 'write without a key': WRITE };

/** Makes a call once an item, and puts out what it returns. */
async function call(apiCall: ApiCall, run: Partial<Run> = {}) {
	return await runNode({
		...probe(async (context, itemIndex) => {
			const reply = await request<IDataObject>(context, probeProvider, apiCall, itemIndex);
			return [{ json: { headers: reply.headers, body: reply.body } }];
		}),
		...run,
	});
}

const server = nock(PROBE_URL);
const expected = ({ method }: ApiCall) => server.intercept('/v1/things', method!);
const get = () => expected(READ);
const post = () => expected(WRITE);

/** A Base URL at which nobody has answered before. */
const at = (path: string) => ({ credentials: { probeApi: { baseUrl: `${PROBE_URL}/${path}` } } });

/** Counts the requests to which nock gives one and the same answer. */
function counting(answer: (interceptor: nock.Interceptor) => nock.Scope, { method }: ApiCall) {
	const counter = { requests: 0 };
	const scope = nock(PROBE_URL).on('request', () => counter.requests++);
	answer(scope.intercept('/v1/things', method!).times(1000).optionally());
	return counter;
}

function always(apiCall: ApiCall, status: number, body: nock.ReplyBody, headers = {}) {
	return counting((interceptor) => interceptor.reply(status, body, headers), apiCall);
}

function networkError(code: string, message = 'socket hang up'): Error {
	return Object.assign(new Error(message), { code });
}

function resetsOf(apiCall: ApiCall, code: string) {
	return counting((interceptor) => interceptor.replyWithError(networkError(code)), apiCall);
}

describe('a request', () => {
	it('goes to the base URL with the credential, and nothing that the credential does not say', async () => {
		server
			.get('/v1/things')
			.query({ limit: 2, name: 'a b&c' })
			.reply(function () {
				return [200, { seen: this.req.headers }];
			});

		const [item] = await call({ ...READ, query: { limit: 2, name: 'a b&c' } });

		expect(item!.json.body).toMatchObject({
			seen: { authorization: PROBE_KEY, accept: 'application/json' },
		});
	});

	it('sends a body as JSON, with its length', async () => {
		server
			.post('/v1/things', { name: 'Grüße' })
			.matchHeader('content-type', 'application/json')
			.matchHeader('content-length', String(Buffer.byteLength('{"name":"Grüße"}')))
			.reply(201, { id: 1 });

		const [item] = await call({ ...WRITE, body: { name: 'Grüße' } });

		expect(item!.json.body).toEqual({ id: 1 });
	});

	it.each(['https://probe.example/v1/', ' https://probe.example/v1// '])(
		'forgives the base URL %j',
		async (baseUrl) => {
			get().reply(200, {});

			await call(READ, { credentials: { probeApi: { baseUrl } } });
		},
	);

	it.each(['', 'probe.example', 'ftp://probe.example', 'javascript:alert(1)', 'https://'])(
		'is not sent to the base URL %j',
		async (baseUrl) => {
			const error = await errorOf(call(READ, { credentials: { probeApi: { baseUrl } } }));

			expect(error.message).toContain('The Base URL of the Probe credential');
			expect(error.description).toContain('Open the credential');
		},
	);

	it('gives the bytes of a file as they are', async () => {
		const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x41]);
		get().reply(200, bytes);

		const [item] = await call({ ...READ, expects: 'bytes' });

		expect(Buffer.from(item!.json.body as never)).toEqual(bytes);
	});

	it('takes an empty reply where none is expected', async () => {
		server.delete('/v1/things').reply(204);

		await call({ ...READ, method: 'DELETE', expects: 'nothing' });
	});

	it('follows no redirect, so that the key goes nowhere else', async () => {
		server
			.get('/redirecting/things')
			.reply(302, '', { Location: 'https://elsewhere.example/login?session=abc' });
		const elsewhere = nock('https://elsewhere.example').get(/.*/).optionally().reply(200, {});

		const error = await errorOf(call(READ, at('redirecting')));

		expect(error.message).toContain('redirected the request to read things to elsewhere.example');
		expect(everythingSaidBy(error)).not.toContain('session=abc');
		expect(elsewhere.isDone()).toBe(true);
		expect(nock.pendingMocks()).toEqual([]);
		expect(nock.activeMocks()).toHaveLength(1);
	});
});

describe('a refusal', () => {
	it('tells the provider’s words and code, the item and the hint', async () => {
		post().reply(402, { error: { code: 'NO_FUNDS', message: 'Balance is empty' } });

		const error = await errorOf(call(WRITE));

		expect(error.message).toBe(
			'Probe refused the request to make a thing: Balance is empty (NO_FUNDS) [item 0]',
		);
		expect(error.description).toBe('Add funds.');
		expect(error.httpCode).toBe('402');
		expect(error.context).toMatchObject({ code: 'NO_FUNDS', httpStatus: 402, itemIndex: 0 });
	});

	it('is not tried again', async () => {
		const sent = always(KEYED_WRITE, 400, { error: { code: 'BAD', message: 'Bad' } });

		await errorOf(call(KEYED_WRITE));

		expect(sent.requests).toBe(1);
	});

	it('without an envelope tells the status', async () => {
		get().reply(404, 'nginx', { 'Content-Type': 'text/plain' });

		const error = await errorOf(call(READ));

		expect(error.message).toBe('Probe refused the request to read things: HTTP 404 [item 0]');
		expect(everythingSaidBy(error)).not.toContain('nginx');
	});

	it('is read from the bytes where a file was wanted', async () => {
		get().reply(404, { error: { code: 'NO_FILE', message: 'No such file' } });

		const error = await errorOf(call({ ...READ, expects: 'bytes' }));

		expect(error.message).toContain('No such file (NO_FILE)');
	});

	it.each(['constructor', 'toString', '__proto__'])(
		'with the code %s is taken for one without a hint',
		async (code) => {
			get().reply(400, { error: { code, message: 'odd' } });

			const error = await errorOf(call(READ));

			expect(error.message).toContain(`odd (${code})`);
			expect(error.description).toBe('Check the node’s fields and the credential.');
		},
	);

	it('is not sent again after a 401, with a body that has been used up', async () => {
		const sent = always(WRITE, 401, { error: { code: 'BAD_KEY', message: 'Bad key' } });

		const error = await errorOf(call(WRITE));

		expect(sent.requests).toBe(1);
		expect(error.message).toContain('Bad key (BAD_KEY)');
	});

	it('never shows the key, not even where the provider says it again', async () => {
		const echoed = `key ${PROBE_KEY} unknown, see https://probe.example/x?key=${PROBE_KEY}`;
		get().reply(401, { error: { code: PROBE_KEY, message: echoed } });

		const error = await errorOf(call(READ));

		expect(everythingSaidBy(error)).not.toContain(PROBE_KEY);
	});

	it('is cut and cleaned', async () => {
		get().reply(400, { error: { code: 'LONG', message: `a\n\u001b[31m${'x'.repeat(9000)}` } });

		const error = await errorOf(call(READ));

		expect(error.message.length).toBeLessThan(700);
		// eslint-disable-next-line no-control-regex -- these are what must not be there
		expect(error.message).not.toMatch(/[\u0000-\u001f]/);
	});
});

describe('a limit that is used up', () => {
	const LIMIT = { error: { code: 'RATE_LIMIT', message: 'Too many' } };

	it.each(Object.entries(KINDS))('is waited out as asked on a %s', async (_kind, apiCall) => {
		expected(apiCall).reply(429, LIMIT, { 'Retry-After': '7' });
		expected(apiCall).reply(200, { id: 1 });

		const [item] = await call(apiCall);

		expect(item!.json.body).toEqual({ id: 1 });
		expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(7000);
	});

	it('is waited out from one second on where the provider says nothing', async () => {
		get().times(3).reply(429, LIMIT);
		get().reply(200, {});

		await call(READ);

		expect(waits).toHaveLength(3);
		[1000, 2000, 4000].forEach((least, index) => {
			expect(waits[index]).toBeGreaterThanOrEqual(least);
			expect(waits[index]).toBeLessThanOrEqual(least * 1.25);
		});
	});

	it.each([
		'0',
		'0.001',
		'Sun, 22 Nov 2026 11:00:00 GMT',
		'Sun Nov 22 11:00:00 2026',
		'abc 5',
		'soon',
		'',
	])('is survived for three seconds where the reply asks for %j', async (retryAfter) => {
		const end = Date.now() + 3000;
		get()
			.times(10)
			.optionally()
			.reply(() =>
				Date.now() < end ? [429, LIMIT, { 'Retry-After': retryAfter }] : [200, { done: true }],
			);

		const [item] = await call(READ);

		expect(item!.json.body).toEqual({ done: true });
	});

	it('fails in the end, saying the limit and the wait', async () => {
		const sent = always(READ, 429, LIMIT, { 'Retry-After': '3' });

		const error = await errorOf(call(READ));

		expect(sent.requests).toBe(6);
		expect(error.message).toContain("Probe's limit for requests to read things is used up");
		expect(error.message).toContain('Too many (RATE_LIMIT)');
		expect(error.description).toContain('tried 6 times');
		expect(error.description).toContain('wait 3 seconds');
		expect(error.httpCode).toBe('429');
	});

	it.each([0, 2])('is tried again as often as Max Retries says: %d', async (maxRetries) => {
		const sent = always(READ, 429, LIMIT, { 'Retry-After': '1' });

		await errorOf(call(READ, { parameters: { options: { maxRetries } } }));

		expect(sent.requests).toBe(maxRetries + 1);
	});

	it('is not waited out when that would take more than ten minutes', async () => {
		const sent = always(READ, 429, LIMIT, { 'Retry-After': '86400' });

		const error = await errorOf(call(READ));

		expect(sent.requests).toBe(1);
		expect(waits).toEqual([]);
		expect(error.description).toContain('wait 86400 seconds');
		expect(error.description).not.toContain('tried');
	});

	it('ends at once when the execution is stopped while it waits', async () => {
		const stop = new AbortController();
		get().reply(() => {
			stop.abort(new Error('stopped by the user'));
			return [429, LIMIT, { 'Retry-After': '60' }];
		});

		await expect(call(READ, { signal: stop.signal })).rejects.toThrow();
		expect(nock.pendingMocks()).toEqual([]);
	});
});

describe('a provider in trouble', () => {
	const DOWN = { error: { code: 'INTERNAL_ERROR', message: 'Oops' } };

	it.each(['read', 'write with a key'] as const)('is asked again for a %s', async (kind) => {
		expected(KINDS[kind]).reply(500, DOWN);
		expected(KINDS[kind]).reply(503, '<html>busy</html>', { 'Retry-After': '4' });
		expected(KINDS[kind]).reply(200, { id: 1 });

		const [item] = await call(KINDS[kind]);

		expect(item!.json.body).toEqual({ id: 1 });
		expect(waits).toContain(4000);
	});

	it.each(['601', '3600', '9999999', '9'.repeat(400), 'Mon, 23 Nov 2026 12:00:00 GMT'])(
		'is not waited for, nor holds anybody else, where it asks for more than ten minutes: %s',
		async (retryAfter) => {
			const sent = always(READ, 503, DOWN, { 'Retry-After': retryAfter });
			const [first, second] = [await errorOf(call(READ)), await errorOf(call(READ))];

			expect(sent.requests).toBe(2);
			expect(waits).toEqual([]);
			for (const error of [first, second]) {
				expect(error.message).toContain('Oops (INTERNAL_ERROR)');
				expect(error.description).toMatch(/^It asked to wait \d{3,} seconds\. Nothing was lost/);
			}
		},
	);

	it('is waited for where it asks for ten minutes', async () => {
		get().reply(503, DOWN, { 'Retry-After': '600' });
		get().reply(200, {});

		await call(READ);

		expect(waits).toContain(600_000);
	});

	it('is not waited for where a refusal that passes by itself asks for more than that', async () => {
		const transient = { ...probeProvider, transientCodes: ['LOCKED'] };
		get().reply(409, { error: { code: 'LOCKED', message: 'Busy' } }, { 'Retry-After': '3600' });

		const error = await errorOf(
			runNode(
				probe(async (context, itemIndex) => {
					await request(context, transient, READ, itemIndex);
					return [];
				}),
			),
		);

		expect(error.message).toContain('Busy (LOCKED)');
		expect(waits).toEqual([]);
	});

	it.each(['read', 'write with a key'] as const)(
		'is given up on for a %s after the last retry',
		async (kind) => {
			const sent = always(KINDS[kind], 502, DOWN);

			const error = await errorOf(
				call(KINDS[kind], { parameters: { options: { maxRetries: 2 } } }),
			);

			expect(sent.requests).toBe(3);
			expect(error.message).toContain('Probe could not serve the request');
			expect(error.message).toContain('Oops (INTERNAL_ERROR)');
		},
	);

	it.each([500, 502, 503, 504])(
		'gets a write without a key exactly once, even after HTTP %d',
		async (status) => {
			const sent = always(WRITE, status, DOWN);

			const error = await errorOf(call(WRITE));

			expect(sent.requests).toBe(1);
			expect(error.description).toContain('may have arrived, so it was not sent again');
			expect(error.description).toContain('Look with Get Many whether the thing exists');
		},
	);
});

describe('a lost connection', () => {
	it.each(['read', 'write with a key'] as const)('is made again for a %s', async (kind) => {
		expected(KINDS[kind]).replyWithError(networkError('ECONNRESET'));
		expected(KINDS[kind]).reply(200, { id: 1 });

		const [item] = await call(KINDS[kind]);

		expect(item!.json.body).toEqual({ id: 1 });
	});

	it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ECONNABORTED'])(
		'sends a write without a key exactly once, even after %s',
		async (code) => {
			const sent = resetsOf(WRITE, code);

			const error = await errorOf(call(WRITE));

			expect(sent.requests).toBe(1);
			expect(error.message).toContain('Probe did not answer the request to make a thing');
			expect(error.description).toContain('may have arrived');
			expect((error.context as IDataObject).code).toBe(code);
		},
	);

	it('fails after the last retry, saying what to look at', async () => {
		const sent = resetsOf(READ, 'ECONNREFUSED');

		const error = await errorOf(call(READ, { parameters: { options: { maxRetries: 1 } } }));

		expect(sent.requests).toBe(2);
		expect(error.description).toContain('ECONNREFUSED');
		expect(error.description).toContain('Base URL can be reached');
	});

	it('never shows the key', async () => {
		server
			.get('/v1/things')
			.replyWithError(
				new Error(`cannot connect with ${PROBE_KEY} to https://a.example/?k=secretquery`),
			);

		const error = await errorOf(call(READ, { parameters: { options: { maxRetries: 0 } } }));

		expect(everythingSaidBy(error)).not.toContain(PROBE_KEY);
		expect(everythingSaidBy(error)).not.toContain('secretquery');
	});

	it.each([470, 480, 490])(
		'shows no half of a key that stands %d characters behind the beginning',
		async (length) => {
			server.get('/v1/things').replyWithError(new Error('x'.repeat(length) + PROBE_KEY));

			const error = await errorOf(call(READ, { parameters: { options: { maxRetries: 0 } } }));

			expect(everythingSaidBy(error)).not.toContain(PROBE_KEY.slice(0, 9));
		},
	);

	it('is no lost connection when the execution was stopped', async () => {
		const stop = new AbortController();
		get().reply(async () => {
			stop.abort(new Error('stopped by the user'));
			await new Promise(setImmediate);
			return [200, {}];
		});

		const error = await errorOf(call(READ, { signal: stop.signal }));

		expect(error.message).not.toContain('did not answer');
		expect(waits).toEqual([]);
		// with what it was caused by, and what JSON leaves out
		const everything = inspect(error, { depth: null, showHidden: true });
		expect(everything).toContain('stopped by the user');
		expect(everything).not.toContain(PROBE_KEY);
	});
});

describe('a reply of another kind', () => {
	const HTML = '<html><body>Sign in</body></html>';

	it.each([
		['HTML', HTML, 'a web page'],
		['plain text', 'ok', 'a reply of an unexpected kind'],
		['nothing', '', 'an empty reply'],
		['JSON without its fields', { name: 'x' }, 'a reply without id'],
		['JSON null', 'null', 'an empty reply'],
	])('to a write without a key fails at once: %s', async (_what, body, words) => {
		const sent = always(WRITE, 200, body);

		const error = await errorOf(call(WRITE));

		expect(sent.requests).toBe(1);
		expect(error.message).toContain(`Probe sent ${words} to the request to make a thing`);
		expect(error.description).toContain('may have arrived');
	});

	it('to a write with a key is asked for again, because it may hold a paid job', async () => {
		post().reply(200, HTML);
		post().reply(200, { id: 7 });

		const [item] = await call(KEYED_WRITE);

		expect(item!.json.body).toEqual({ id: 7 });
	});

	it('to a read is shown at once, and says where to look', async () => {
		server.get('/site/things').reply(200, HTML, { 'Content-Type': 'text/html' });

		const error = await errorOf(call(READ, at('site')));

		expect(waits).toEqual([]);
		expect(error.description).toContain('Base URL');
		expect(everythingSaidBy(error)).not.toContain('Sign in');
	});
});

describe('the limit a minute', () => {
	const paced: ApiCall = { ...READ, endpoint: { name: 'read slowly', requestsPerMinute: 3 } };
	const items = Array.from({ length: 7 }, () => ({ json: {} }));

	it('is the endpoint’s own', async () => {
		get().times(7).reply(200, {});

		await call(paced, { items });

		expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(120_000);
	});

	it('can be raised by the user', async () => {
		get().times(7).reply(200, {});

		await call(paced, { items, parameters: { options: { requestsPerMinute: 7 } } });

		expect(waits).toEqual([]);
	});

	it.each([
		['the endpoint’s own', { processes: 2 }, 6],
		['the user’s', { requestsPerMinute: 14, processes: 7 }, 3],
		['that leaves less than one', { requestsPerMinute: 5, processes: 9 }, 6],
	])('is shared between n8n processes: %s', async (_what, options, minutes) => {
		get().times(7).reply(200, {});

		await call(paced, { items, parameters: { options } });

		expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(minutes * 60_000);
	});

	it('stays without a limit for any number of processes', async () => {
		get().times(7).reply(200, {});

		const options = { requestsPerMinute: 0, processes: 4 };
		await call(paced, { items, parameters: { options } });

		expect(waits).toEqual([]);
	});

	it.each([0, 1.5, -1, 1001, 'many'])(
		'refuses %p processes before any request',
		async (processes) => {
			const error = await errorOf(call(paced, { parameters: { options: { processes } } }));

			expect(error.message).toBe('Processes must be a whole number from 1 to 1000 [item 0]');
		},
	);

	it('is shared by executions with the same credential', async () => {
		get().times(4).reply(200, {});
		const credentialId = 'shared-credential';
		await call(paced, { items: items.slice(0, 3), credentialId });
		expect(waits).toEqual([]);

		await call(paced, { credentialId, executionId: 'another' });

		expect(waits).toEqual([60_000]);
	});

	it('holds every item back once one was told to wait', async () => {
		let limitedAt = 0;
		const after: number[] = [];
		get().reply(() => {
			limitedAt = Date.now();
			return [429, {}, { 'Retry-After': '9' }];
		});
		get()
			.times(3)
			.reply(() => {
				after.push(Date.now() - limitedAt);
				return [200, {}];
			});

		await call(READ, { items: items.slice(0, 3), parameters: { options: { maxParallel: 1 } } });

		expect(after).toHaveLength(3);
		for (const milliseconds of after) expect(milliseconds).toBeGreaterThanOrEqual(9000);
	});

	it.each([
		['maxRetries', -1, 'Max Retries'],
		['maxRetries', 21, 'Max Retries'],
		['maxRetries', 'often', 'Max Retries'],
		['requestsPerMinute', -1, 'Requests per Minute'],
		['requestsPerMinute', 1.5, 'Requests per Minute'],
	])('refuses %s %p before any request', async (name, value, label) => {
		const error = await errorOf(call(READ, { parameters: { options: { [name]: value } } }));

		expect(error.message).toContain(`${label} must be a whole number`);
	});
});
