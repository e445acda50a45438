import { unzipSync } from 'fflate';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator, type Simulator } from '../../dev/simulator/server';
import { request, until, type Reply } from './support';

const QUICK = { stages: { queuedSeconds: 0.01, processingSeconds: 0.01 } };
const KEY = 'whip_live_simulator';
const USER = { authorization: 'Bearer id-token-simulator' };

describe('the simulated Whipscribe', () => {
	let simulator: Simulator;

	beforeAll(async () => {
		simulator = await startSimulator({ whipscribe: QUICK });
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());

	const whipscribe = () => simulator.whipscribe;

	async function call(
		method: string,
		path: string,
		{
			body,
			headers = {},
		}: { body?: RequestInit['body'] | object; headers?: Record<string, string> } = {},
	): Promise<Reply> {
		const isJson = body !== undefined && !(body instanceof FormData);
		return await request(whipscribe().baseUrl + path, {
			method,
			headers: {
				'x-api-key': KEY,
				...(isJson && { 'content-type': 'application/json' }),
				...headers,
			},
			body: isJson ? JSON.stringify(body) : (body as RequestInit['body']),
		});
	}

	function form(name: string, content: string, fields: Record<string, string> = {}): FormData {
		const data = new FormData();
		for (const [field, value] of Object.entries(fields)) data.append(field, value);
		data.append('file', new Blob([content]), name);
		return data;
	}

	async function transcribe(name: string, content = name, headers = {}): Promise<Reply['json']> {
		const reply = await call('POST', '/transcribe', { body: form(name, content), headers });
		expect(reply.status).toBe(202);
		return reply.json;
	}

	async function ended({ job_id, claim_token }: Reply['json']): Promise<Reply['json']> {
		return await until(async () => {
			const headers = claim_token ? { 'x-claim-token': claim_token } : USER;
			const { json } = await call('GET', `/jobs/${job_id}`, { headers });
			return ['done', 'failed'].includes(json.status) ? json : null;
		});
	}

	const result = async (job: Reply['json'], format = 'json') =>
		await call('GET', `/jobs/${job.job_id}/result?format=${format}`, {
			headers: { 'x-claim-token': job.claim_token },
		});

	it('takes a file, gives a claim token, and the transcript to who has the token', async () => {
		const job = await transcribe('talk.mp3');

		expect(job).toEqual({
			job_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			status: 'queued',
			tier: 2,
			claim_token: expect.stringMatching(/^claim_/),
		});
		expect(await ended(job)).toMatchObject({ status: 'done', progress: 1, speech_detected: true });
		const { json } = await result(job);
		expect(json.segments[0]).toMatchObject({ speaker: 'SPEAKER_00', words: expect.any(Array) });
		expect(json.text).toBe(json.segments.map(({ text }: { text: string }) => text).join(' '));
	});

	it('gives the same words for the same bytes and others for others', async () => {
		const jobs = await Promise.all([
			transcribe('a.mp3', 'same'),
			transcribe('b.mp3', 'same'),
			transcribe('c.mp3', 'other'),
		]);
		await Promise.all(jobs.map(ended));
		const [a, b, c] = await Promise.all(jobs.map(async (job) => (await result(job)).json.text));

		expect(a).toBe(b);
		expect(c).not.toBe(a);
		expect(whipscribe().statistics().duplicatesByContent).toBe(1);
	});

	it('refuses a job to who has no proof, and to who has a wrong one', async () => {
		const { job_id } = await transcribe('talk.mp3');

		const without = await call('GET', `/jobs/${job_id}`);
		const wrong = await call('GET', `/jobs/${job_id}`, { headers: { 'x-claim-token': 'x' } });

		expect([without.status, without.json.code]).toEqual([401, 'AUTHENTICATION_REQUIRED']);
		expect([wrong.status, wrong.json.code]).toEqual([404, 'NOT_FOUND']);
	});

	it('gives a user’s job no token, and claims jobs for a signed-in user only', async () => {
		const guests = [await transcribe('a.mp3'), await transcribe('b.mp3')];
		const own = await transcribe('c.mp3', 'c', USER);
		const body = { claim_tokens: guests.map(({ claim_token }) => claim_token) };

		const anonymous = await call('POST', '/jobs/claim', { body });
		const claimed = await call('POST', '/jobs/claim', { body, headers: USER });
		const list = await call('GET', '/jobs', { headers: USER });

		expect(own.claim_token).toBeUndefined();
		expect([anonymous.status, anonymous.json.code]).toEqual([401, 'AUTHENTICATION_REQUIRED']);
		expect(claimed.json).toEqual({ claimed: 2 });
		expect(list.json).toHaveLength(3);
	});

	it.each([
		['no key', {}, 'MISSING_API_KEY'],
		['a wrong key', { 'x-api-key': 'wrong' }, 'INVALID_API_KEY'],
	])('refuses %s, but answers /me to anybody as to a guest', async (_name, headers, code) => {
		const { baseUrl } = whipscribe();
		const jobs = await request(`${baseUrl}/jobs`, { headers });
		const me = await request(`${baseUrl}/me`, { headers });

		expect([jobs.status, jobs.json.code]).toEqual([401, code]);
		expect([me.status, me.json.tier]).toEqual([200, 'guest']);
	});

	it.each([
		['a right key alone', {}, 'guest'],
		['a right key and a user', USER, 'paid'],
		['a right key and a user that a server names', { 'x-user-email': 'ada@example.com' }, 'paid'],
	])('answers /me to %s by the user, not by the key', async (_name, headers, tier) => {
		const me = await call('GET', '/me', { headers });

		expect([me.status, me.json.tier]).toEqual([200, tier]);
	});

	it('answers a repeated Idempotency-Key with the first job', async () => {
		const body = { url: 'https://example.com/a.mp3' };
		const headers = { 'idempotency-key': 'same:key/1' };
		const first = await call('POST', '/transcribe/url', { body, headers });
		const second = await call('POST', '/transcribe/url', { body, headers });
		const bad = await call('POST', '/transcribe/url', {
			body,
			headers: { 'idempotency-key': 'not this' },
		});

		expect([first.status, first.headers.get('x-idempotent-replay')]).toEqual([202, null]);
		expect([second.status, second.headers.get('x-idempotent-replay')]).toEqual([200, 'true']);
		expect(second.json.job_id).toBe(first.json.job_id);
		expect([bad.status, bad.json.code]).toEqual([400, 'BAD_IDEMPOTENCY_KEY']);
	});

	it.each([
		['another kind of file', form('a.txt', 'x'), 415, 'BAD_MIME'],
		['an unknown source', form('a.mp3', 'x', { source: 'tape' }), 422, 'BAD_SOURCE'],
	])('refuses %s', async (_name, body, status, code) => {
		const reply = await call('POST', '/transcribe', { body });

		expect([reply.status, reply.json.code]).toEqual([status, code]);
	});

	it.each([
		['not a web address', 'ftp://example.com/a.mp3'],
		['a YouTube video of an unknown licence', 'https://www.youtube.com/watch?v=1'],
	])('refuses %s', async (_name, url) => {
		const reply = await call('POST', '/transcribe/url', { body: { url } });

		expect([reply.status, reply.json.code]).toEqual([400, 'BAD_URL']);
	});

	it('words a wrong field as FastAPI does, and every refusal so where it is set', async () => {
		const field = await call('POST', '/transcribe', {
			body: form('a.mp3', 'x', { diarize: 'yes' }),
		});
		whipscribe().configure({ errorEnvelope: 'detail' });
		const sentence = await call('GET', '/jobs/nonsense');

		expect(field.status).toBe(422);
		expect(field.json.detail[0].msg).toBe('diarize must be true or false');
		expect([sentence.status, sentence.json]).toEqual([400, { detail: 'The job id is not valid' }]);
	});

	it('refuses a file that is too large, or longer than the credits last', async () => {
		whipscribe().configure({ uploads: { maximumBytes: 3 } });
		const large = await call('POST', '/transcribe', { body: form('a.mp3', 'four') });
		whipscribe().configure({ uploads: { maximumBytes: 100 }, creditHours: 0 });
		const poor = await call('POST', '/transcribe', { body: form('a.mp3', 'four') });

		expect([large.status, large.json.code]).toEqual([413, 'FILE_TOO_LARGE']);
		expect([poor.status, poor.json]).toEqual([
			402,
			expect.objectContaining({ code: 'NO_CREDITS', upgrade_url: expect.any(String) }),
		]);
	});

	it('does not charge what fails or holds no speech', async () => {
		const jobs = [
			await transcribe('fail-broken.mp3'),
			await transcribe('silence.mp3'),
			await transcribe('talk.mp3'),
		];
		const [failed, silent] = await Promise.all(jobs.map(ended));
		const silence = await result(jobs[1]);

		expect(failed).toMatchObject({ status: 'failed', error: 'broken' });
		expect(silent).toMatchObject({ status: 'done', speech_detected: false });
		expect(silence.json).toMatchObject({ text: '', language: null, speech_detected: false });
		const { paidJobs, silentJobs, failedJobs } = whipscribe().statistics();
		expect({ paidJobs, silentJobs, failedJobs }).toEqual({
			paidJobs: 1,
			silentJobs: 1,
			failedJobs: 1,
		});
	});

	it.each([
		['txt', /^[A-Z]/, 'text/plain; charset=utf-8'],
		['srt', /^1\n00:00:00,000 --> /, 'application/x-subrip; charset=utf-8'],
		['vtt', /^WEBVTT\n\n00:00:00\.000 --> /, 'text/vtt; charset=utf-8'],
	])('exports %s', async (format, pattern, type) => {
		const job = await transcribe('talk.mp3');
		await ended(job);
		const reply = await result(job, format);

		expect(reply.headers.get('content-type')).toBe(type);
		expect(reply.text).toMatch(pattern);
	});

	it('exports a Word document that opens, and no format that does not exist', async () => {
		const job = await transcribe('talk.mp3');
		await ended(job);
		const response = await fetch(`${whipscribe().baseUrl}/jobs/${job.job_id}/result?format=docx`, {
			headers: { 'x-api-key': KEY, 'x-claim-token': job.claim_token },
		});
		const files = unzipSync(new Uint8Array(await response.arrayBuffer()));

		const words = (await result(job)).json.text.split(' ')[0];
		expect(Buffer.from(files['word/document.xml']!).toString()).toContain(words);
		expect((await result(job, 'pdf')).status).toBe(422);
	});

	it('lists the newest jobs first, at most 100, as a list or within an object', async () => {
		for (let second = 1; second <= 101; second++) {
			whipscribe().addJob({ createdAt: second * 1000, fileName: `${second}.mp3` });
		}
		const list = await call('GET', '/jobs?limit=100');
		whipscribe().configure({ listEnvelope: 'object' });
		const object = await call('GET', '/jobs?limit=1');
		const tooMany = await call('GET', '/jobs?limit=101');

		expect(list.json).toHaveLength(100);
		expect(list.json[0]).toMatchObject({ filename: '101.mp3', created_at: 101, status: 'done' });
		expect(object.json).toEqual({ jobs: [list.json[0]] });
		expect(tooMany.status).toBe(422);
	});

	it('gives the recording’s address, a path where it is on disk, until it has expired', async () => {
		const { id } = whipscribe().addJob({ endedAt: Date.now() - 60_000 });
		const remote = await call('GET', `/jobs/${id}/audio/url`);
		whipscribe().configure({ audio: { storage: 'disk' } });
		const disk = await call('GET', `/jobs/${id}/audio/url`);
		whipscribe().configure({ audio: { keptSeconds: 1, retentionDays: 30 } });
		const expired = await call('GET', `/jobs/${id}/audio/url`);

		expect(remote.json.url).toMatch(/^https:/);
		expect(disk.json).toMatchObject({ storage: 'disk', url: expect.stringMatching(/^\/v1\//) });
		expect([expired.status, expired.json]).toEqual([
			410,
			expect.objectContaining({ code: 'AUDIO_EXPIRED', retention_days: 30 }),
		]);
	});

	it('cancels what runs, removes what ended, and knows neither afterwards', async () => {
		const job = await transcribe('stuck.mp3');
		const headers = { 'x-claim-token': job.claim_token };
		const first = await call('DELETE', `/jobs/${job.job_id}`, { headers });
		const second = await call('DELETE', `/jobs/${job.job_id}`, { headers });

		expect([first.status, second.status]).toEqual([204, 404]);
	});

	it('limits requests where a limit is set', async () => {
		whipscribe().configure({ rateLimits: { perKey: 1, retryAfter: true } });
		await call('GET', '/jobs');
		const limited = await call('GET', '/jobs');

		expect([limited.status, limited.json.code]).toEqual([429, 'RATE_LIMITED']);
		expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
	});

	it('breaks off in the middle of an upload when it is asked to', async () => {
		whipscribe().fail({ endpoint: 'POST /transcribe', kind: 'reset' });

		await expect(
			call('POST', '/transcribe', { body: form('a.mp3', 'x'.repeat(100_000)) }),
		).rejects.toThrow('fetch failed');
		await sleep(20);
		expect(whipscribe().statistics()).toMatchObject({
			jobs: 0,
			requests: { 'POST /transcribe': 1 },
		});
	});
});
