import { strFromU8, unzipSync } from 'fflate';
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
	createServer,
	request as httpRequest,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startSimulator, type Simulator } from '../../dev/simulator/server';
import { fullTextOf } from '../../dev/simulator/transcripton/transcript';
import { request, until, type Reply } from './support';

const KEY = 'ts_simulator';
const SECRET = 'whsec_transcripton_simulator';

/** Bytes that begin as an MP3 does. */
const mp3 = (content: string) => Buffer.from(`ID3${content}`);

/** The status that answers a large upload over a connection that is closed afterwards. */
async function statusOfUpload(url: string): Promise<number | undefined> {
	const sent = httpRequest(url, {
		method: 'POST',
		agent: false,
		headers: { 'x-api-key': KEY, 'content-type': 'multipart/form-data; boundary=x' },
	});
	const answered = once(sent, 'response');
	const parts = Array.from({ length: 50 }, () => Buffer.alloc(100_000));
	await Promise.all([answered, pipeline(Readable.from(parts), sent)]);
	const [answer] = (await answered) as [IncomingMessage];
	answer.resume();
	return answer.statusCode;
}

describe('the simulated Transcripton', () => {
	let simulator: Simulator;

	beforeAll(async () => {
		simulator = await startSimulator({
			transcripton: { stageSeconds: 0.01, rateLimits: { enabled: false } },
		});
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());

	const transcripton = () => simulator.transcripton;

	async function call(method: string, path: string, body?: object | string): Promise<Reply> {
		const isForm = body instanceof FormData;
		const sent = isForm || typeof body === 'string' || !body ? body : JSON.stringify(body);
		return await request(transcripton().baseUrl + path, {
			method,
			headers: {
				'x-api-key': KEY,
				...(body && !isForm && { 'content-type': 'application/json' }),
			},
			body: sent as RequestInit['body'],
		});
	}

	function form(name: string, content: Buffer, fields: Record<string, string> = {}): FormData {
		const data = new FormData();
		for (const [field, value] of Object.entries(fields)) data.append(field, value);
		data.append('file', new Blob([new Uint8Array(content)]), name);
		return data;
	}

	async function start(name = 'a.mp3', content = name, fields?: Record<string, string>) {
		const { status, json } = await call('POST', '/jobs', form(name, mp3(content), fields));
		expect([status, json]).toEqual([200, { id: expect.any(String), status: 'queued' }]);
		return json.id as string;
	}

	async function ended(id: string): Promise<Reply['json']> {
		return await until(async () => {
			const { json } = await call('GET', `/jobs/${id}`);
			return ['done', 'failed'].includes(json.status) ? json : null;
		});
	}

	const refusalOf = ({ status, json }: Reply) => [status, json.detail.code];

	describe('a job', () => {
		it('becomes a transcript of the bytes that came, whatever the file is called', async () => {
			const [one, same, other] = await Promise.all([
				start('a.mp3', 'speech', { diarize: 'true' }),
				start('b.mp3', 'speech', { diarize: 'true' }),
				start('c.mp3', 'others', { diarize: 'true' }),
			]);
			const done = await ended(one);
			const { full_text } = done.transcription;
			const segments = done.diarization.segments as Array<{ speaker: string; text: string }>;

			expect(done).toMatchObject({ id: one, status: 'done', stage: 6, progress: 100 });
			expect(segments.map(({ text }) => text).join(' ')).toBe(full_text);
			expect(segments[0]!.speaker).toBe('speaker_0');
			expect((await ended(same)).transcription.full_text).toBe(full_text);
			expect((await ended(other)).transcription.full_text).not.toBe(full_text);
			expect(transcripton().statistics()).toMatchObject({ paidJobs: 3, duplicatesByContent: 1 });
		});

		it('has no transcription before it is done, and no speakers unless asked for', async () => {
			const id = await start('slow-0.2s.mp3');
			expect((await call('GET', `/jobs/${id}`)).json).toMatchObject({
				transcription: null,
				diarization: null,
				summary: null,
				translations: [],
			});
			expect((await ended(id)).diarization).toBeNull();
		});

		it('keeps the hash of what came, not the bytes', async () => {
			const content = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(3_000_000, 'speech')]);
			await call('POST', '/jobs', form('Grüße 谢谢.ogg', content));
			expect(transcripton().jobs()).toMatchObject([
				{
					fileName: 'Grüße 谢谢.ogg',
					sizeBytes: 3_000_004,
					sha256: createHash('sha256').update(content).digest('hex'),
				},
			]);
		});

		it('is made from a file that is read more slowly than it comes', async () => {
			transcripton().configure({ bytesPerSecond: 50_000 });
			const names = Array.from({ length: 6 }, (_, index) => `slowly-${index}.mp3`);

			await Promise.all(names.map(async (name) => await start(name, name.padEnd(100_000))));

			expect(transcripton().jobs()).toHaveLength(6);
		});

		it('is made from a link, without fetching it', async () => {
			const url = 'https://video.example/talk.mp4';
			const { json } = await call('POST', '/jobs/from-url', { url, language: 'de' });
			const done = await ended(json.id);
			expect(done.transcription.language_detected).toBe('de');
			expect(done.transcription.full_text).toBe(fullTextOf(transcripton().jobs()[0]!));
		});

		it('fails, hears silence, or gets no further, by the file’s name', async () => {
			expect(await ended(await start('fail-job.mp3'))).toMatchObject({
				status: 'failed',
				transcription: null,
			});
			expect((await ended(await start('silence.mp3'))).transcription.full_text).toBe('');
			const stuck = await start('stuck-job.mp3');
			await until(async () => {
				const { json } = await call('GET', `/jobs/${stuck}`);
				return json.status === 'transcribing' ? json : null;
			});
		});

		it('waits in the queue while the plan’s jobs are under way', async () => {
			transcripton().configure({ plan: 'pro' });
			await Promise.all([1, 2, 3].map(async (n) => await start(`stuck-job-${n}.mp3`)));
			await until(async () => {
				const { json } = await call('GET', '/jobs?status=transcribing');
				return json.total === 3 ? json : null;
			});
			const fourth = await start('d.mp3');
			await new Promise((resolve) => setTimeout(resolve, 80));
			expect((await call('GET', `/jobs/${fourth}`)).json.status).toBe('queued');
		});

		it('is gone once deleted, and its minutes are refunded', async () => {
			const id = await start();
			expect(transcripton().statistics().minutesUsed).toBeGreaterThan(0);
			expect((await call('DELETE', `/jobs/${id}`)).status).toBe(204);
			expect(refusalOf(await call('DELETE', `/jobs/${id}`))).toEqual([404, 'not_found']);
			expect(refusalOf(await call('GET', `/jobs/${id}`))).toEqual([404, 'not_found']);
			expect((await call('GET', '/jobs')).json.total).toBe(0);
			expect(transcripton().statistics()).toMatchObject({ minutesUsed: 0, deletedJobs: 1 });
		});
	});

	describe('what it refuses', () => {
		it.each([
			['no key', {}],
			['another key', { 'x-api-key': 'ts_other' }],
			['the key in another header', { authorization: `Bearer ${KEY}` }],
		])('a request with %s', async (_what, headers: Record<string, string>) => {
			const reply = await request(`${transcripton().baseUrl}/jobs`, { headers });
			expect(refusalOf(reply)).toEqual([401, 'invalid_api_key']);
		});

		it.each([
			['a.txt', 'ID3'],
			['a.aac', 'ID3'],
			['a', 'ID3'],
			['a.mp3', 'plain text'],
			['a.wav', 'ID3'],
			['a.mp4', 'RIFF....WAVE'],
			['a.avi', 'RIFF....WAVE'],
		])('the file %s that begins with %j', async (name, beginning) => {
			const reply = await call('POST', '/jobs', form(name, Buffer.from(beginning)));
			expect(refusalOf(reply)).toEqual([400, 'unsupported_format']);
			expect(transcripton().jobs()).toEqual([]);
		});

		it.each([
			['a.wav', 'RIFF....WAVE'],
			['a.flac', 'fLaC'],
			['a.opus', 'OggS'],
			['a.m4a', '....ftypM4A '],
			['a.MOV', '....ftypqt  '],
			['a.avi', 'RIFF....AVI '],
		])('not the file %s that begins as it should', async (name, beginning) => {
			expect((await call('POST', '/jobs', form(name, Buffer.from(beginning)))).status).toBe(200);
		});

		it.each([
			['a file too large', { plan: 'free' as const }, 101, 413, 'file_too_large'],
			['a recording too long', { fileMinutes: 1 }, 2, 413, 'file_too_long'],
			['more minutes than are left', { minutesUsed: 2500 }, 0.1, 402, 'quota_exceeded'],
			[
				'anything before the address is confirmed',
				{ emailVerified: false },
				0.1,
				403,
				'email_not_verified',
			],
			[
				'anything while it has no capacity',
				{ asrAvailable: false },
				0.1,
				503,
				'asr_quota_exceeded',
			],
		])(
			'%s',
			async (_what, settings, megabytes, status, code) => {
				transcripton().configure(settings);
				const content = Buffer.concat([mp3(''), Buffer.alloc(megabytes * 1024 * 1024)]);
				const reply = await call('POST', '/jobs', form('a.mp3', content));
				expect(refusalOf(reply)).toEqual([status, code]);
				expect(reply.json.detail).toMatchObject({ message: expect.any(String) });
			},
			// a hundred megabytes take their time where all cores are busy
			30_000,
		);

		it('says the figures of a quota', async () => {
			transcripton().configure({ plan: 'pro', minutesUsed: 600 });
			const { json } = await call('POST', '/jobs', form('a.mp3', mp3('a')));
			expect(json.detail).toMatchObject({ minutes_used: 600, minutes_limit: 600, plan: 'pro' });
		});

		it.each([
			['/jobs', { url: 'a' }, ['body', 'file']],
			['/jobs/from-url', {}, ['body', 'url']],
			['/jobs/from-url', { url: 'talk.mp4' }, ['body', 'url']],
			['/jobs/from-url', { url: 'https://a.example', diarize: 'yes' }, ['body', 'diarize']],
			['/jobs/from-url', '{', ['body']],
		])('at %s the body %j, with a list of what is wrong', async (path, body, loc) => {
			const reply = await call('POST', path, body);
			expect(reply.status).toBe(422);
			expect(reply.json.detail[0]).toMatchObject({ loc, msg: expect.any(String) });
		});

		it.each(['page=0', 'limit=0', 'limit=101', 'limit=x', 'status=cancelled'])(
			'the list with %s',
			async (query) => {
				expect((await call('GET', `/jobs?${query}`)).status).toBe(422);
			},
		);

		it('an unknown path, with a sentence', async () => {
			const reply = await call('GET', '/nowhere');
			expect([reply.status, reply.json]).toEqual([404, { detail: 'Not Found' }]);
		});

		it('the code in a file’s name', async () => {
			const reply = await call('POST', '/jobs', form('refuse-file_too_long.mp3', mp3('a')));
			expect(refusalOf(reply)).toEqual([413, 'file_too_long']);
		});
	});

	describe('its limits', () => {
		it.each([
			[
				'starting jobs, by both calls together',
				10,
				'POST',
				'/jobs/from-url',
				{ url: 'https://a.example/a' },
			],
			['reading a job', 120, 'GET', `/jobs/${randomUUID()}`, undefined],
			['polishing', 20, 'POST', `/jobs/${randomUUID()}/polish`, undefined],
		])('hold for %s', async (_what, places, method, path, body) => {
			transcripton().configure({ rateLimits: { enabled: true } });
			for (let sent = 0; sent < places; sent += 1) {
				expect((await call(method, path, body)).status).not.toBe(429);
			}
			const other = path.endsWith('polish') ? path.replace('polish', 'summarize') : path;
			const reply = await call(method, other, body);
			expect(refusalOf(reply)).toEqual([429, 'rate_limited']);
			expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
			expect(transcripton().statistics().rateLimited).toBe(1);
		});
	});

	describe('the list', () => {
		it('comes in pages, the newest job first', async () => {
			const ids: string[] = [];
			for (const name of ['a', 'b', 'c']) ids.unshift(await start(`${name}.mp3`));
			const page = async (query: string) => (await call('GET', `/jobs?${query}`)).json;
			const first = await page('page=1&limit=2');
			expect(first).toMatchObject({ total: 3, page: 1, limit: 2 });
			expect(first.jobs.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
			expect((await page('page=2&limit=2')).jobs).toMatchObject([{ id: ids[2] }]);
			expect((await page('page=3&limit=2')).jobs).toEqual([]);
			expect((await page('')).limit).toBe(20);
		});
	});

	describe('an export', () => {
		it.each(['txt', 'md', 'srt', 'vtt', 'json'])('as %s holds the text', async (format) => {
			const { id, transcription } = await ended(await start());
			const reply = await call('GET', `/jobs/${id}/export?format=${format}`);
			const [firstWord] = transcription.full_text.split(' ');
			expect(reply.text).toContain(firstWord);
		});

		it('as docx is a real document', async () => {
			const { id, transcription } = await ended(await start());
			const url = `${transcripton().baseUrl}/jobs/${id}/export?format=docx`;
			const response = await fetch(url, { headers: { 'x-api-key': KEY } });
			const parts = unzipSync(new Uint8Array(await response.arrayBuffer()));
			expect(strFromU8(parts['word/document.xml']!)).toContain(transcription.full_text);
		});

		it('is named after the file, for old and new clients', async () => {
			const { id } = await ended(await start('Grüße 谢谢.mp3'));
			const reply = await call('GET', `/jobs/${id}/export?format=pdf`);
			const header = reply.headers.get('content-disposition') ?? '';
			expect(header).toMatch(/^attachment; filename="/);
			expect(header).toContain(`filename*=UTF-8''${encodeURIComponent('Grüße 谢谢.pdf')}`);
			expect(reply.text.startsWith('%PDF-1.7')).toBe(true);
		});

		it('is refused before the job is done, and in other formats', async () => {
			const id = await start('stuck-job.mp3');
			const early = await call('GET', `/jobs/${id}/export?format=srt`);
			expect(refusalOf(early)).toEqual([409, 'job_not_ready']);
			expect((await call('GET', `/jobs/${id}/export?format=doc`)).status).toBe(422);
			expect((await call('GET', `/jobs/${id}/export`)).status).toBe(422);
		});
	});

	describe('what is made from a transcript', () => {
		it.each([['polish'], ['summarize']])('%s: made once, then cached', async (work) => {
			const { id } = await ended(await start());
			const first = await call('POST', `/jobs/${id}/${work}`);
			expect(first.json).toMatchObject({ cached: false });
			const second = await call('POST', `/jobs/${id}/${work}`);
			expect(second.json).toEqual({ ...first.json, cached: true });
		});

		it.each([
			['polish', 'polish_requires_paid_plan'],
			['summarize', 'summarize_requires_paid_plan'],
		])('%s is refused early and on the free plan', async (work, planCode) => {
			const stuck = await start('stuck-job.mp3');
			expect(refusalOf(await call('POST', `/jobs/${stuck}/${work}`))).toEqual([
				409,
				'job_not_ready',
			]);
			transcripton().configure({ plan: 'free' });
			expect(refusalOf(await call('POST', `/jobs/${stuck}/${work}`))).toEqual([403, planCode]);
		});

		it('is translated once into each language, and listed', async () => {
			const { id, transcription } = await ended(await start());
			const path = `/transcriptions/${transcription.id}`;
			const translate = async (target_lang: string) =>
				await call('POST', `${path}/translate`, { target_lang });
			const { json } = await translate('de');
			expect(json).toMatchObject({ transcription_id: transcription.id, target_lang: 'de' });
			expect((await translate('de')).json).toEqual(json);
			expect(transcripton().statistics().translationsMade).toBe(1);
			expect((await call('GET', `${path}/translations`)).json).toEqual({ translations: [json] });
			transcripton().configure({ listEnvelope: 'array' });
			expect((await call('GET', `${path}/translations`)).json).toEqual([json]);
			expect(refusalOf(await translate('tlh'))).toEqual([400, 'unsupported_language']);
			transcripton().configure({ translationsUsed: 50 });
			expect(refusalOf(await translate('fr'))).toEqual([402, 'translation_quota_exceeded']);
			transcripton().configure({ translationsUsed: 0, translationAvailable: false });
			expect(refusalOf(await translate('fr'))).toEqual([503, 'translation_unavailable']);
			transcripton().configure({ plan: 'free' });
			expect(refusalOf(await translate('fr'))).toEqual([403, 'translation_not_in_plan']);
			const byJob = await call('POST', `/transcriptions/${id}/translate`, { target_lang: 'de' });
			expect(refusalOf(byJob)).toEqual([404, 'not_found']);
		});
	});

	describe('its webhooks', () => {
		let receiver: Server;
		let received: Array<{ headers: IncomingHttpHeaders; body: string }>;
		let statuses: number[];

		beforeEach(async () => {
			received = [];
			statuses = [];
			receiver = createServer((message, response) => {
				const chunks: Buffer[] = [];
				message
					.on('data', (chunk: Buffer) => chunks.push(chunk))
					.on('end', () => {
						received.push({ headers: message.headers, body: String(Buffer.concat(chunks)) });
						response.writeHead(statuses.shift() ?? 200).end();
					});
			});
			await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
			const { port } = receiver.address() as AddressInfo;
			transcripton().configure({
				webhooks: { url: `http://127.0.0.1:${port}/hook`, retrySeconds: [0.02, 0.02] },
			});
		});
		afterEach(async () => {
			receiver.closeAllConnections();
			await new Promise((resolve) => receiver.close(resolve));
		});

		const arrived = async (count: number) =>
			await until(() => (received.length >= count ? received : null));

		it('say that a job is done, signed over the body as OpenSSL signs it', async () => {
			const id = await start();
			const [{ headers, body }] = (await arrived(1)) as [(typeof received)[number]];
			expect(JSON.parse(body)).toEqual({
				event: 'job.done',
				data: { job_id: id, status: 'done', duration_sec: expect.any(Number) },
				timestamp: expect.any(Number),
			});
			const signed = execFileSync('openssl', ['dgst', '-sha256', '-hmac', SECRET], { input: body });
			expect(headers['x-webhook-signature']).toBe(String(signed).trim().split(/\s+/).at(-1));
		});

		it('are tried again, the same to the byte, and listed', async () => {
			statuses = [500, 302];
			await start();
			const tries = await arrived(3);
			expect(new Set(tries.map(({ body }) => body)).size).toBe(1);
			const log = await until(async () => {
				const { json } = await call('GET', '/integrations/webhooks/deliveries');
				return json.deliveries.length === 3 ? json.deliveries : null;
			});
			expect(log).toMatchObject([
				{ attempt: 3, response_status: 200, success: true },
				{ attempt: 2, response_status: 302, success: false },
				{ attempt: 1, response_status: 500, success: false },
			]);
		});

		it('are given up after the last try', async () => {
			statuses = [500, 500, 500];
			await start();
			await until(() => (transcripton().statistics().webhooks.givenUp === 1 ? true : null));
			expect(received).toHaveLength(3);
		});

		it('are not sent for a job that failed', async () => {
			await ended(await start('fail-job.mp3'));
			await ended(await start('no-webhook.mp3'));
			expect(transcripton().statistics().webhooks.sent).toBe(0);
		});

		it('are sent wrong where asked for', async () => {
			const id = await start('no-webhook.mp3');
			await ended(id);
			await transcripton().sendEvent({ job_id: id, signature: 'missing' });
			await transcripton().sendEvent({ job_id: id, signature: 'forged', truncated: true });
			await transcripton().sendEvent({ job_id: id, timestampOffsetSeconds: -30_000 });
			await transcripton().sendEvent({ job_id: id, replay: true });
			const [missing, forged, old, replayed] = await arrived(4);
			expect(missing!.headers['x-webhook-signature']).toBeUndefined();
			expect(() => JSON.parse(forged!.body) as unknown).toThrow();
			expect(JSON.parse(old!.body).timestamp).toBeLessThan(Date.now() / 1000 - 29_000);
			expect(replayed!.body).toBe(old!.body);
		});
	});

	describe('faults', () => {
		it('break an upload off in the middle, and leave no job', async () => {
			transcripton().fail({ endpoint: 'POST /jobs', kind: 'reset' });
			const content = Buffer.concat([mp3(''), Buffer.alloc(5_000_000)]);
			await expect(call('POST', '/jobs', form('a.mp3', content))).rejects.toThrow();
			expect(transcripton().jobs()).toEqual([]);
			await start();
		});

		it('lose the reply to a submit whose job exists', async () => {
			transcripton().fail({ endpoint: 'POST /jobs', kind: 'reset', stage: 'reply' });
			await expect(call('POST', '/jobs', form('a.mp3', mp3('a')))).rejects.toThrow();
			expect(transcripton().jobs()).toHaveLength(1);
		});

		it('leave the answer readable, though it comes while the file is still sent', async () => {
			transcripton().configure({ emailVerified: false });
			for (let upload = 0; upload < 20; upload++) {
				expect(await statusOfUpload(`${transcripton().baseUrl}/jobs`)).toBe(403);
			}
		});

		it('answer with the vendor’s envelope', async () => {
			transcripton().fail({ endpoint: 'GET /jobs', kind: 'status', status: 429 });
			expect(refusalOf(await call('GET', '/jobs'))).toEqual([429, 'rate_limited']);
		});
	});

	it('counts fields that the reference does not know, and keys in addresses', async () => {
		await call('POST', '/jobs/from-url', { url: 'https://a.example/a', webhook_url: 'x' });
		await call('GET', `/jobs?key=${KEY}`);
		await start('a.mp3', 'a', { language: 'de' });
		expect(transcripton().statistics()).toMatchObject({
			unknownFields: 3,
			unknownFieldNames: {
				'POST /jobs/from-url': { webhook_url: 1 },
				'GET /jobs': { key: 1 },
				'POST /jobs': { language: 1 },
			},
			keysSeenInUrls: 1,
		});
	});
});
