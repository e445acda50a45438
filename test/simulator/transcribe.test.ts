import { request, until, useSimulator } from './support';
import { ASYNCHRONOUS_CODES, SYNCHRONOUS_CODES } from '../../dev/simulator/scriptivox/errors';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const URL = 'https://media.example.com/talk.mp3';

describe('starting a transcription at Scriptivox', () => {
	const { scriptivox, call, upload, transcribe, reached } = useSimulator();
	const start = async (body: unknown, headers: Record<string, string> = {}) =>
		await call('POST', '/transcribe', { body, headers });

	it('answers at once, and completes later', async () => {
		const upload_id = await upload('a.mp3', 'spoken words');
		const reply = await start({ upload_id });
		expect(reply.status).toBe(200);
		expect(reply.json).toEqual({
			id: expect.stringMatching(/^[0-9a-f-]{36}$/),
			status: 'created',
			message: expect.any(String),
		});
		const job = await reached(reply.json.id, 'completed');
		expect(job.result.full_transcript).toMatch(/^[A-Z][a-z]+ [a-z. A-Z]+\.$/);
		expect(job.result.utterances[0]).not.toHaveProperty('words');
		expect(job.result.utterances[0]).not.toHaveProperty('speaker');
		expect(job.result).not.toHaveProperty('speakers');
	});

	it('gives words when aligned, and speakers and words when diarized', async () => {
		const aligned = await transcribe('a.mp3', 'one', { align: true });
		const diarized = await transcribe('a.mp3', 'two', { diarize: true, speaker_count: 2 });
		const plain = (await reached(aligned, 'completed')).result;
		expect(plain.utterances[0].words[0]).toEqual({
			word: expect.any(String),
			start: 0,
			end: expect.any(Number),
			confidence: expect.any(Number),
		});
		expect(plain.utterances[0]).not.toHaveProperty('speaker');
		const job = await reached(diarized, 'completed');
		expect(job).toMatchObject({ diarize: true, align: true, speaker_count: 2 });
		expect(job.result.speakers).toEqual(['SPEAKER 1', 'SPEAKER 2']);
		expect(job.result.utterances[1].words.length).toBeGreaterThan(0);
	});

	it('writes what the bytes say, whatever the name', async () => {
		const ids = await Promise.all([
			transcribe('a.mp3', 'same bytes'),
			transcribe('b.wav', 'same bytes'),
			transcribe('a.mp3', 'other bytes'),
		]);
		const texts = await Promise.all(
			ids.map(async (id) => (await reached(id, 'completed')).result.full_transcript),
		);
		expect(texts[0]).toBe(texts[1]);
		expect(texts[2]).not.toBe(texts[0]);
		expect(scriptivox().statistics()).toMatchObject({ paidJobs: 3, duplicatesByContent: 1 });
	});

	it('takes a URL', async () => {
		const { json } = await start({ url: URL, language: 'jw' });
		const job = await reached(json.id, 'completed');
		expect(job).toMatchObject({ language: 'jw', result: { language: 'jw' } });
	});

	it.each([
		['both sources', { upload_id: UNKNOWN_ID, url: URL }],
		['no source', {}],
		['an ftp URL', { url: 'ftp://example.com/a.mp3' }],
		['no URL', { url: 'talk.mp3' }],
		['a URL of 2,049 characters', { url: `${URL}?${'x'.repeat(2049 - URL.length - 1)}` }],
		['an unknown language', { url: URL, language: 'jv' }],
		['a language name', { url: URL, language: 'English' }],
		['speaker_count without diarize', { url: URL, speaker_count: 2 }],
		['no speakers', { url: URL, diarize: true, speaker_count: 0 }],
		['51 speakers', { url: URL, diarize: true, speaker_count: 51 }],
		['half a speaker', { url: URL, diarize: true, speaker_count: 1.5 }],
		['speakers as text', { url: URL, diarize: true, speaker_count: '2' }],
		['diarize as text', { url: URL, diarize: 'true' }],
		['a null language', { url: URL, language: null }],
		['a webhook that is no URL', { url: URL, webhook_url: 'here' }],
	])('refuses %s', async (_what, body) => {
		const reply = await start(body);
		expect([reply.status, reply.json.error.code]).toEqual([400, 'INVALID_REQUEST']);
		expect(scriptivox().statistics().jobs).toBe(0);
	});

	it('takes a URL of 2,048 characters', async () => {
		const reply = await start({ url: `${URL}?${'x'.repeat(2048 - URL.length - 1)}` });
		expect(reply.status).toBe(200);
	});

	it('refuses uploads that are not there, not complete, expired or used', async () => {
		const codes = [];
		const unknown = await start({ upload_id: UNKNOWN_ID });
		expect(unknown.status).toBe(404);
		codes.push(unknown.json.error.code);
		const presigned = (await call('POST', '/upload', { body: { filename: 'a.mp3' } })).json;
		codes.push((await start({ upload_id: presigned.upload_id })).json.error.code);
		scriptivox().configure({ uploads: { expireSeconds: -1 } });
		const expired = (await call('POST', '/upload', { body: { filename: 'a.mp3' } })).json;
		codes.push((await start({ upload_id: expired.upload_id })).json.error.code);
		scriptivox().configure({ uploads: { expireSeconds: 3600 } });
		const upload_id = await upload('a.mp3', 'bytes');
		await start({ upload_id });
		codes.push((await start({ upload_id })).json.error.code);
		expect(codes).toEqual([
			'UPLOAD_NOT_FOUND',
			'FILE_NOT_UPLOADED',
			'UPLOAD_EXPIRED',
			'UPLOAD_ALREADY_USED',
		]);
	});

	it('refuses a file that is too large', async () => {
		const upload_id = await upload('a.mp3', 'bytes');
		scriptivox().configure({ uploads: { maximumBytes: 4 } });
		const reply = await start({ upload_id });
		expect([reply.status, reply.json.error.code]).toEqual([400, 'FILE_TOO_LARGE']);
	});

	it.each(Object.entries(SYNCHRONOUS_CODES))(
		'answers %s (%i) when asked to',
		async (code, status) => {
			const upload_id = await upload(`refuse-${code}.mp3`, 'bytes');
			const reply = await start({ upload_id });
			expect([reply.status, reply.json.error.code]).toEqual([status, code]);
		},
	);

	it.each(Object.keys(ASYNCHRONOUS_CODES))('fails a job with %s when asked to', async (code) => {
		const job = await reached(await transcribe(`fail-${code}.mp3`, 'bytes'), 'failed');
		expect(job).toEqual({
			id: job.id,
			status: 'failed',
			completed_at: expect.stringMatching(/Z$/),
			error: { code, message: expect.any(String) },
		});
		expect(scriptivox().statistics()).toMatchObject({ paidJobs: 0, failedJobs: 1 });
		expect((await call('GET', '/balance')).json).toMatchObject({
			balance_cents: 100_000,
			reserved_cents: 0,
		});
	});

	it.each([
		['http://localhost/a.mp3'],
		['http://192.168.1.7/a.mp3'],
		['https://www.dropbox.com/scl/fo/abc/def'],
		['https://1drv.ms/v/c/abc'],
	])('can not reach %s', async (url) => {
		const { json } = await start({ url });
		expect((await reached(json.id, 'failed')).error.code).toBe('URL_NOT_ACCESSIBLE');
	});

	it('fails an empty file', async () => {
		const job = await reached(await transcribe('a.mp3', ''), 'failed');
		expect(job.error.code).toBe('INVALID_MEDIA_FORMAT');
	});

	it.each([
		['created', 'CREATED_TIMEOUT'],
		['processing', 'PROCESSING_TIMEOUT'],
	])('leaves a job stuck in %s until its time is over', async (status, code) => {
		scriptivox().configure({ stallSeconds: { created: 0.2, processing: 0.2 } });
		const id = await transcribe(`stuck-${status}.mp3`, 'bytes');
		await reached(id, status);
		expect((await reached(id, 'failed')).error.code).toBe(code);
	});

	it('says nothing where nothing was spoken', async () => {
		const job = await reached(await transcribe('silence.mp3', 'bytes'), 'completed');
		expect(job.result).toMatchObject({ full_transcript: '', utterances: [] });
	});

	it('goes through the statuses in order', async () => {
		scriptivox().configure({
			stages: {
				createdSeconds: 0.1,
				pendingSeconds: 0.1,
				downloadingSeconds: 0.1,
				processingSeconds: 0.1,
			},
		});
		const seen: Record<string, string[]> = {};
		const bytes = await transcribe('a.mp3', 'bytes');
		const link = (await start({ url: URL })).json.id as string;
		for (const id of [bytes, link]) {
			const statuses: string[] = (seen[id] = []);
			await until(async () => {
				const { status } = (await call('GET', `/transcribe/${id}`)).json;
				if (statuses.at(-1) !== status) statuses.push(status);
				return status === 'completed' ? true : null;
			});
		}
		expect(seen[bytes]).toEqual(['created', 'pending', 'processing', 'completed']);
		expect(['created', 'downloading', 'processing', 'completed']).toEqual(
			expect.arrayContaining(seen[link] ?? []),
		);
	});

	describe('with an Idempotency-Key', () => {
		it('gives the same job again, whatever became of the upload', async () => {
			const upload_id = await upload('a.mp3', 'bytes');
			const headers = { 'idempotency-key': 'one' };
			const first = await start({ upload_id, align: true }, headers);
			const again = await start({ align: true, upload_id }, headers);
			expect(first.headers.get('idempotent-replay')).toBeNull();
			expect(again.headers.get('idempotent-replay')).toBe('true');
			expect(again.json).toEqual(first.json);
			expect(scriptivox().statistics()).toMatchObject({ jobs: 1, idempotentReplays: 1 });
		});

		it('refuses another body', async () => {
			const headers = { 'idempotency-key': 'one' };
			await start({ url: URL }, headers);
			const other = await start({ url: URL, align: true }, headers);
			expect([other.status, other.json.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_CONFLICT']);
		});

		it('is locked while the first is in flight', async () => {
			scriptivox().configure({ acceptSeconds: 0.3 });
			const headers = { 'idempotency-key': 'one' };
			const first = start({ url: URL }, headers);
			const second = await until(async () => {
				const reply = await start({ url: URL }, headers);
				return reply.status === 409 ? reply : null;
			});
			expect(second.json.error.code).toBe('IDEMPOTENCY_KEY_LOCKED');
			await first;
			expect(scriptivox().statistics().jobs).toBe(1);
		});

		it('is free again after a refusal', async () => {
			const headers = { 'idempotency-key': 'one' };
			const presigned = (await call('POST', '/upload', { body: { filename: 'a.mp3' } })).json;
			const body = { upload_id: presigned.upload_id };
			expect((await start(body, headers)).json.error.code).toBe('FILE_NOT_UPLOADED');
			const init = { method: 'PUT', headers: presigned.headers, body: 'bytes' };
			await request(presigned.upload_url, init);
			expect((await start(body, headers)).status).toBe(200);
		});

		it('may have 255 characters and no more', async () => {
			const longest = { 'idempotency-key': 'k'.repeat(255) };
			expect((await start({ url: URL }, longest)).status).toBe(200);
			const reply = await start({ url: URL }, { 'idempotency-key': 'k'.repeat(256) });
			expect([reply.status, reply.json.error.code]).toEqual([400, 'INVALID_REQUEST']);
		});
	});
});
