import { KEY, QUICK, request, useSimulator } from './support';

describe('what Scriptivox asks of every request', () => {
	const { running, scriptivox, call } = useSimulator();

	it.each([
		['Authorization with the bare key', { authorization: KEY }],
		['Authorization with Bearer', { authorization: `Bearer ${KEY}` }],
		['X-Api-Key', { 'x-api-key': KEY }],
	])('takes a key in %s', async (_form, headers) => {
		const reply = await request(`${scriptivox().baseUrl}/balance`, { headers });
		expect(reply.status).toBe(200);
		expect(reply.json.price_per_hour_cents).toBe(20);
	});

	it.each([
		['no key', {}, 'INVALID_API_KEY'],
		['a wrong key', { authorization: 'sk_live_wrong' }, 'INVALID_API_KEY'],
		['another scheme', { authorization: `Basic ${KEY}` }, 'INVALID_API_KEY'],
		['a revoked key', { authorization: 'Bearer sk_live_revoked' }, 'API_KEY_REVOKED'],
	])('refuses %s', async (_what, headers, code) => {
		const reply = await request(`${scriptivox().baseUrl}/balance`, { headers });
		expect(reply.status).toBe(401);
		expect(reply.json).toEqual({ error: { code, message: expect.any(String) } });
	});

	it('counts a key in an address', async () => {
		await call('GET', `/balance?api_key=${KEY}`);
		expect(scriptivox().statistics()).toMatchObject({ keysSeenInUrls: 1, unknownFields: 1 });
	});

	it('answers an unknown path with NOT_FOUND', async () => {
		const reply = await call('GET', '/transcripts');
		expect([reply.status, reply.json.error.code]).toEqual([404, 'NOT_FOUND']);
	});

	it.each([
		['GET', '/upload', 'POST'],
		['PUT', '/transcribe/1', 'GET, DELETE'],
		['POST', '/balance', 'GET'],
		['DELETE', '/transcriptions', 'GET'],
	])('answers %s %s with 405 and names what is allowed', async (method, path, allowed) => {
		const reply = await call(method, path);
		expect([reply.status, reply.json.error.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
		expect(reply.headers.get('allow')).toBe(allowed);
	});

	it.each([['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonp']])(
		'refuses a body of type %s',
		async (type) => {
			const body = '{"filename":"a.mp3"}';
			const reply = await call('POST', '/upload', { body, headers: { 'content-type': type } });
			expect([reply.status, reply.json.error.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
		},
	);

	it('refuses a missing body', async () => {
		const reply = await call('POST', '/upload');
		expect([reply.status, reply.json.error.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
	});

	it.each([['{"filename":'], ['[]'], ['"a.mp3"'], ['{}'], ['{"filename":7}'], ['']])(
		'refuses the body %s',
		async (body) => {
			const reply = await call('POST', '/upload', { body });
			expect([reply.status, reply.json.error.code]).toEqual([400, 'INVALID_REQUEST']);
		},
	);

	it('refuses a JSON body over 100 kB', async () => {
		const body = { filename: 'a.mp3', note: 'x'.repeat(100 * 1024) };
		const reply = await call('POST', '/upload', { body });
		expect([reply.status, reply.json.error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
	});

	it('accepts fields that nobody knows, and counts them', async () => {
		const body = { filename: 'a.mp3', size: 7, kind: 'x' };
		expect((await call('POST', '/upload', { body })).status).toBe(200);
		expect(scriptivox().statistics()).toMatchObject({
			unknownFields: 2,
			unknownFieldNames: { 'POST /upload': { size: 1, kind: 1 } },
		});
	});

	it('is steered and read over the control endpoints', async () => {
		const control = `${running.simulator.url}/control`;
		const post = async (path: string, body: object) =>
			await request(control + path, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
		await post('/settings', { scriptivox: { balanceCents: 12 } });
		await post('/fail', {
			provider: 'scriptivox',
			endpoint: 'POST /upload',
			kind: 'status',
			status: 503,
		});
		expect((await call('POST', '/upload', { body: { filename: 'a.mp3' } })).status).toBe(503);
		expect((await call('POST', '/upload', { body: { filename: 'a.mp3' } })).status).toBe(200);
		expect((await call('GET', '/balance')).json.balance_cents).toBe(12);
		const { json } = await request(`${control}/statistics`, {});
		expect(json.scriptivox.requests).toEqual({ 'POST /upload': 2, 'GET /balance': 1 });
		await post('/reset', {});
		expect((await call('GET', '/balance')).json.balance_cents).toBe(100_000);
		expect((await post('/settings', { scriptivox: { balance: 1 } })).status).toBe(400);
		expect((await post('/fail', { provider: 'scriptivox', endpoint: 'x' })).status).toBe(400);
	});
});

describe("Scriptivox's rate limits", () => {
	const { scriptivox, call } = useSimulator({ ...QUICK, apiKeys: [KEY, 'sk_live_second'] });
	const limits = (perKey: Record<string, number>, windowSeconds: number, perAddress = 300) =>
		scriptivox().configure({ rateLimits: { enabled: true, windowSeconds, perKey, perAddress } });

	it('holds the documented places a minute', async () => {
		scriptivox().configure({ rateLimits: { enabled: true } });
		expect(scriptivox().settings.rateLimits).toEqual({
			enabled: true,
			windowSeconds: 60,
			perAddress: 300,
			perKey: {
				'POST /upload': 60,
				'POST /transcribe': 60,
				'GET /transcribe/{id}': 200,
				'POST /transcribe/{id}/cancel': 30,
				'DELETE /transcribe/{id}': 30,
				'GET /transcriptions': 60,
				'GET /balance': 100,
			},
		});
		const replies = [];
		for (let count = 0; count < 61; count += 1) replies.push(await call('GET', '/transcriptions'));
		expect(replies.slice(0, 60).every(({ status }) => status === 200)).toBe(true);
		expect(replies[60]?.status).toBe(429);
		expect(replies[60]?.json.error.code).toBe('RATE_LIMIT_EXCEEDED');
		const wait = Number(replies[60]?.headers.get('retry-after'));
		expect(Number.isInteger(wait) && wait >= 50 && wait <= 60).toBe(true);
		expect(scriptivox().statistics()).toMatchObject({
			rateLimited: 1,
			peakInWindow: { 'GET /transcriptions': 60 },
		});
	});

	it('counts each key and each call apart', async () => {
		limits({ 'GET /balance': 1, 'GET /transcriptions': 1 }, 60);
		const second = { headers: { authorization: 'sk_live_second' } };
		const statuses = [
			(await call('GET', '/balance')).status,
			(await call('GET', '/balance')).status,
			(await call('GET', '/balance', second)).status,
			(await call('GET', '/transcriptions')).status,
		];
		expect(statuses).toEqual([200, 429, 200, 200]);
	});

	it('slides: a place is free again when its request has left the window', async () => {
		limits({ 'GET /balance': 2 }, 1);
		expect((await call('GET', '/balance')).status).toBe(200);
		await new Promise((resolve) => setTimeout(resolve, 600));
		expect((await call('GET', '/balance')).status).toBe(200);
		const refused = await call('GET', '/balance');
		expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
		await new Promise((resolve) => setTimeout(resolve, 450));
		expect((await call('GET', '/balance')).status).toBe(200);
		expect((await call('GET', '/balance')).status).toBe(429);
	});

	it('limits an address over all calls', async () => {
		limits({}, 60, 2);
		await call('GET', '/balance');
		await call('GET', '/transcriptions');
		expect((await call('POST', '/upload', { body: { filename: 'a.mp3' } })).status).toBe(429);
	});
});
