import { request, until, useSimulator } from './support';

const URL = 'https://media.example.com/talk.mp3';

describe('failures on demand', () => {
	const { scriptivox, call, upload } = useSimulator();
	const balance = async () => await call('GET', '/balance');

	it('answers the next requests with a status, then goes on', async () => {
		scriptivox().fail({
			endpoint: 'GET /balance',
			kind: 'status',
			status: 429,
			headers: { 'retry-after': '7' },
			times: 2,
		});
		const first = await balance();
		expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
		expect(first.json.error.code).toBe('RATE_LIMIT_EXCEEDED');
		expect((await balance()).status).toBe(429);
		expect((await balance()).status).toBe(200);
		expect(scriptivox().statistics().rateLimited).toBe(2);
	});

	it('answers 429 without Retry-After', async () => {
		scriptivox().fail({ endpoint: 'GET /balance', kind: 'status', status: 429 });
		const reply = await balance();
		expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, null]);
	});

	it('lets requests pass before it begins', async () => {
		scriptivox().fail({ endpoint: 'GET /balance', kind: 'status', status: 500, after: 1 });
		expect([(await balance()).status, (await balance()).status]).toEqual([200, 500]);
	});

	it('fails until it is told to recover', async () => {
		scriptivox().fail({ endpoint: 'GET /balance', kind: 'status', status: 503, times: Infinity });
		expect([(await balance()).status, (await balance()).status]).toEqual([503, 503]);
		scriptivox().recover();
		expect((await balance()).status).toBe(200);
	});

	it('redirects', async () => {
		const headers = { location: 'http://127.0.0.1:9/elsewhere' };
		scriptivox().fail({ endpoint: 'GET /balance', kind: 'status', status: 307, headers });
		const reply = await fetch(`${scriptivox().baseUrl}/balance`, { redirect: 'manual' });
		expect([reply.status, reply.headers.get('location')]).toEqual([307, headers.location]);
	});

	it('answers with a web page, and with nothing', async () => {
		scriptivox().fail({ endpoint: 'GET /balance', kind: 'html', status: 502 });
		scriptivox().fail({ endpoint: 'GET /balance', kind: 'empty' });
		const page = await balance();
		expect([page.status, page.headers.get('content-type')]).toEqual([
			502,
			'text/html; charset=utf-8',
		]);
		expect(page.text).toContain('<html>');
		const nothing = await balance();
		expect([nothing.status, nothing.text]).toEqual([200, '']);
	});

	it('resets the connection before the work, and in the middle of the reply', async () => {
		const endpoint = 'POST /transcribe';
		const start = async () => await call('POST', '/transcribe', { body: { url: URL } });
		scriptivox().fail({ endpoint, kind: 'reset' });
		await expect(start()).rejects.toThrow();
		expect(scriptivox().statistics().jobs).toBe(0);
		scriptivox().fail({ endpoint, kind: 'reset', stage: 'reply' });
		await expect(start()).rejects.toThrow();
		expect(scriptivox().statistics().jobs).toBe(1);
		await until(() => (scriptivox().statistics().answers[endpoint]?.broken === 2 ? true : null));
	});

	it('keeps a job whose reply was lost, for a retry with the same key', async () => {
		const body = { upload_id: await upload('lost-on-transcribe-x1.mp3', 'bytes') };
		const headers = { 'idempotency-key': 'one' };
		await expect(call('POST', '/transcribe', { body, headers })).rejects.toThrow();
		const again = await call('POST', '/transcribe', { body, headers });
		expect(again.headers.get('idempotent-replay')).toBe('true');
		expect(
			scriptivox()
				.jobs()
				.map(({ id }) => id),
		).toEqual([again.json.id]);
	});

	it('delays the reply when the work is done', async () => {
		scriptivox().fail({
			endpoint: 'POST /transcribe',
			kind: 'delay',
			seconds: 0.3,
			stage: 'reply',
		});
		let answered = false;
		const reply = call('POST', '/transcribe', { body: { url: URL } }).then((got) => {
			answered = true;
			return got;
		});
		while (scriptivox().statistics().jobs === 0) await new Promise(setImmediate);
		expect(answered).toBe(false);
		expect((await reply).status).toBe(200);
	});

	it('lays other values over a reply', async () => {
		const patch = { balance_cents: 'many' };
		scriptivox().fail({ endpoint: 'GET /balance', kind: 'patch', patch });
		expect((await balance()).json).toMatchObject({ balance_cents: 'many', reserved_cents: 0 });
	});

	it('refuses an endpoint or a kind that does not exist', () => {
		expect(() => scriptivox().fail({ endpoint: 'GET /upload', kind: 'reset' })).toThrow('Known:');
		const kind = 'explode' as 'reset';
		expect(() => scriptivox().fail({ endpoint: 'GET /balance', kind })).toThrow('Known:');
	});
});

describe('failures by file name', () => {
	const { scriptivox, call, upload, transcribe, reached } = useSimulator();
	const presign = async (filename: string) => await call('POST', '/upload', { body: { filename } });

	it('fails an upload as often as the name says', async () => {
		const statuses = [];
		for (let times = 0; times < 3; times += 1) {
			statuses.push((await presign('status-503-on-upload-x2.mp3')).status);
		}
		expect(statuses).toEqual([503, 503, 200]);
		expect((await presign('a.mp3')).status).toBe(200);
	});

	it('always fails where the name gives no number', async () => {
		const reply = await presign('talk status-429-on-upload.mp3');
		expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '1']);
		expect((await presign('talk status-429-on-upload.mp3')).status).toBe(429);
	});

	it('fails the PUT, or cuts it', async () => {
		for (const [name, expected] of [
			['status-500-on-put-x1.mp3', 500],
			['reset-on-put-x1.mp3', 'reset'],
			['lost-on-put-x1.mp3', 'reset'],
			['html-on-put-x1.mp3', 200],
		] as const) {
			const { upload_url, headers } = (await presign(name)).json;
			const init = { method: 'PUT', headers, body: Buffer.alloc(500_000) };
			const status = await request(upload_url, init).then(
				(reply) => reply.status,
				() => 'reset',
			);
			expect([name, status]).toEqual([name, expected]);
		}
		expect(scriptivox().statistics().uploads).toMatchObject({ created: 4, stored: 1 });
	});

	it('fails the start, and the reading', async () => {
		const upload_id = await upload('empty-on-transcribe-x1 status-500-on-get-x1.mp3', 'bytes');
		const body = { upload_id };
		const empty = await call('POST', '/transcribe', { body });
		expect([empty.status, empty.text]).toEqual([200, '']);
		const { id } = (await call('POST', '/transcribe', { body })).json;
		expect((await call('GET', `/transcribe/${id}`)).status).toBe(500);
		expect((await reached(id, 'completed')).id).toBe(id);
	});

	it('gives a status that nobody knows', async () => {
		const id = await transcribe('unknown-on-get-x1.mp3', 'bytes');
		expect((await call('GET', `/transcribe/${id}`)).json.status).toBe('paused');
		expect((await reached(id, 'completed')).status).toBe('completed');
	});

	it('reads the name at the end of a URL', async () => {
		const url = 'https://media.example.com/in/fail-DOWNLOAD%5FFAILED.mp3?x=1';
		const { id } = (await call('POST', '/transcribe', { body: { url } })).json;
		expect((await reached(id, 'failed')).error.code).toBe('DOWNLOAD_FAILED');
	});
});
