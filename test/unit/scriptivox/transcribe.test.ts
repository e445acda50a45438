import nock from 'nock';
import { createRunExecutionData } from 'n8n-workflow';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { binaryItem, errorOf, everythingSaidBy, useBinaryStorage, waits } from '../harness';
import type { BinaryStorage } from '../harness';
import {
	api,
	COMPLETED,
	expectUpload,
	ID,
	jsonOf,
	KEY,
	run,
	SIMPLIFIED,
	speech,
	STORAGE,
	UPLOAD_ID,
} from './support';

const LINK = 'https://files.example/meeting.mp3?dl=1';
const CREATED = { id: ID, status: 'created', message: 'Transcription started' };
const fromUrl = { inputType: 'url', url: LINK, wait: 'none' };

/** Transcribes from a link without waiting, and gives the body that was sent. */
async function bodySentWith(parameters: INodeParameters): Promise<IDataObject> {
	let sent: IDataObject = {};
	api()
		.post('/v1/transcribe', (body: IDataObject) => {
			sent = body;
			return true;
		})
		.reply(200, CREATED);
	await run('transcription', 'transcribe', { ...fromUrl, ...parameters });
	return sent;
}

describe('transcribing from a link', () => {
	it('sends exactly what the API asks for', async () => {
		api()
			.post('/v1/transcribe', { url: LINK, diarize: false, align: false })
			.matchHeader('content-type', 'application/json')
			.matchHeader('content-length', /^\d+$/)
			.matchHeader('idempotency-key', /^n8n-[0-9a-f]{64}$/)
			.reply(200, CREATED);

		const output = await run('transcription', 'transcribe', fromUrl);

		expect(output).toEqual([
			{
				json: {
					...SIMPLIFIED,
					status: 'queued',
					text: null,
					language: null,
					durationSeconds: null,
					speakers: [],
					segments: [],
					replayed: false,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gives Scriptivox’s own reply without Simplify', async () => {
		api().post('/v1/transcribe').reply(200, CREATED);

		const output = run('transcription', 'transcribe', { ...fromUrl, simplify: false });

		expect(await jsonOf(output)).toEqual(CREATED);
	});

	it('waits for the transcript by default', async () => {
		api().post('/v1/transcribe').reply(200, CREATED);
		api().get(`/v1/transcribe/${ID}`).reply(200, { id: ID, status: 'downloading' });
		api().get(`/v1/transcribe/${ID}`).reply(200, { id: ID, status: 'processing' });
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		const output = run('transcription', 'transcribe', { inputType: 'url', url: LINK });

		expect(await jsonOf(output)).toEqual({ ...SIMPLIFIED, replayed: false });
		expect(waits).toEqual([5000, 5000]);
	});

	it('says when the key brought back an earlier job', async () => {
		api().post('/v1/transcribe').reply(200, CREATED, { 'Idempotent-Replay': 'true' });

		const output = run('transcription', 'transcribe', fromUrl);

		expect(await jsonOf(output)).toMatchObject({ id: ID, replayed: true });
	});

	it.each([
		['', 'URL is empty'],
		['   ', 'URL is empty'],
		['meeting.mp3', 'URL must begin with http:// or https://'],
		['ftp://files.example/a.mp3', 'URL must begin with http:// or https://'],
		['file:///etc/passwd', 'URL must begin with http:// or https://'],
		['data:audio/mpeg;base64,AAAA', 'URL must begin with http:// or https://'],
		['https://', 'URL must begin with http:// or https://'],
		[`https://a.example/${'x'.repeat(2049 - 18)}`, 'URL must have at most 2048 characters'],
	])('refuses %j before any request', async (url, message) => {
		const error = await errorOf(run('transcription', 'transcribe', { ...fromUrl, url }));

		expect(error.message).toBe(`${message} [item 0]`);
	});

	it.each([
		'http://192.168.1.4/a.mp3',
		'http://100.64.0.9/a.mp3',
		'http://[::ffff:10.0.0.1]/a.mp3',
		'http://nas/a.mp3',
		'https://files.internal/a.mp3',
	])('refuses %s before any request: Scriptivox cannot reach it', async (url) => {
		const error = await errorOf(run('transcription', 'transcribe', { ...fromUrl, url }));

		expect(error.message).toBe('URL leads into a network that Scriptivox cannot reach [item 0]');
		expect(error.description).toContain('Binary File');
	});

	it('takes a link into the own network for a Scriptivox that is there too', async () => {
		const url = 'http://192.168.1.4/a.mp3';
		nock('http://127.0.0.1:4010')
			.post('/v1/transcribe', (body: IDataObject) => body.url === url)
			.reply(200, CREATED);
		const local = { scriptivoxApi: { apiKey: KEY, baseUrl: 'http://127.0.0.1:4010/v1' } };

		await run('transcription', 'transcribe', { ...fromUrl, url }, { credentials: local });
	});

	it('takes a link of 2,048 characters', async () => {
		const url = `https://a.example/${'x'.repeat(2048 - 18)}`;
		api()
			.post('/v1/transcribe', (body: IDataObject) => body.url === url && url.length === 2048)
			.reply(200, CREATED);

		await run('transcription', 'transcribe', { ...fromUrl, url });
	});
});

describe('the choices about a transcription', () => {
	it('always say whether to align, because the pages disagree about the default', async () => {
		expect(await bodySentWith({})).toMatchObject({ align: false, diarize: false });
		expect(await bodySentWith({ options: { align: true } })).toMatchObject({ align: true });
	});

	it('all reach the API', async () => {
		const webhookUrl = 'https://n8n.example/webhook/abc';
		const options = { speakerCount: 3, align: true, webhookUrl };

		expect(await bodySentWith({ language: 'de', diarize: true, options })).toEqual({
			url: LINK,
			language: 'de',
			diarize: true,
			speaker_count: 3,
			align: true,
			webhook_url: webhookUrl,
		});
	});

	it.each(['auto', '', '={{ $json.language }}'])(
		'leave the language %j to be detected',
		async (language) => {
			expect(await bodySentWith({ language })).toEqual({ url: LINK, diarize: false, align: false });
		},
	);

	it.each(['maybe', 'yes', 1, '={{ "ja" }}'])(
		'refuse to guess what Identify Speakers means by %j',
		async (diarize) => {
			const error = await errorOf(run('transcription', 'transcribe', { ...fromUrl, diarize }));

			expect(error.message).toBe('Identify Speakers must be true or false [item 0]');
		},
	);

	it.each(['jw', 'yue', 'haw', 'zu'])('know the language %s', async (language) => {
		expect(await bodySentWith({ language })).toMatchObject({ language });
	});

	it.each(['jv', 'EN', 'english', 'en-US', 'xx'])(
		'refuse the language %j before any request',
		async (language) => {
			const error = await errorOf(run('transcription', 'transcribe', { ...fromUrl, language }));

			expect(error.message).toBe(`Scriptivox does not know the language "${language}" [item 0]`);
		},
	);

	it.each([1, 50])('take a speaker count of %d', async (speakerCount) => {
		expect(await bodySentWith({ diarize: true, options: { speakerCount } })).toMatchObject({
			speaker_count: speakerCount,
		});
	});

	it.each([0, 51, 2.5, -1, 'two'])(
		'refuse a speaker count of %p before any request',
		async (speakerCount) => {
			const error = await errorOf(
				run('transcription', 'transcribe', {
					...fromUrl,
					diarize: true,
					options: { speakerCount },
				}),
			);

			expect(error.message).toBe('Speaker Count must be a whole number from 1 to 50 [item 0]');
		},
	);

	it('leave out a speaker count that the panel hides', async () => {
		const parameters = { diarize: false, options: { speakerCount: 2 } };

		expect(await bodySentWith(parameters)).not.toHaveProperty('speaker_count');
	});

	it('refuse a speaker count where an expression turns the speakers off', async () => {
		const parameters = { ...fromUrl, diarize: '={{ false }}', options: { speakerCount: 2 } };

		const error = await errorOf(run('transcription', 'transcribe', parameters));

		expect(error.message).toBe('Speaker Count needs Identify Speakers [item 0]');
	});

	it('refuse a webhook URL that is none before any request', async () => {
		const error = await errorOf(
			run('transcription', 'transcribe', { ...fromUrl, options: { webhookUrl: 'n8n' } }),
		);

		expect(error.message).toBe('Webhook URL must begin with http:// or https:// [item 0]');
	});

	it('are checked before the job is started, those for waiting too', async () => {
		const error = await errorOf(
			run('transcription', 'transcribe', { ...fromUrl, options: { timeoutMinutes: 0 } }),
		);

		expect(error.message).toContain('Timeout must be');
	});
});

describe('the idempotency key of a transcription', () => {
	it('is what the user sets', async () => {
		api().post('/v1/transcribe').matchHeader('idempotency-key', 'mine').reply(200, CREATED);

		await run('transcription', 'transcribe', { ...fromUrl, options: { idempotencyKey: 'mine' } });
	});

	it('is left out where it is turned off', async () => {
		nock('https://api.scriptivox.com', { badheaders: ['idempotency-key'] })
			.post('/v1/transcribe')
			.reply(200, CREATED);

		await run('transcription', 'transcribe', { ...fromUrl, options: { idempotencyKey: 'none' } });
	});

	it('is the same in every retry of a lost request', async () => {
		const keys: unknown[] = [];
		api()
			.post('/v1/transcribe')
			.times(2)
			.reply(function () {
				keys.push(this.req.headers['idempotency-key']);
				return [500, { error: { code: 'INTERNAL_ERROR', message: 'Oops' } }];
			});
		api()
			.post('/v1/transcribe')
			.reply(function () {
				keys.push(this.req.headers['idempotency-key']);
				return [200, CREATED];
			});

		await run('transcription', 'transcribe', fromUrl);

		expect(keys).toHaveLength(3);
		expect(new Set(keys).size).toBe(1);
	});

	it('keeps a request without it from being sent twice', async () => {
		api()
			.post('/v1/transcribe')
			.replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));

		const error = await errorOf(
			run('transcription', 'transcribe', { ...fromUrl, options: { idempotencyKey: 'none' } }),
		);

		expect(error.description).toContain('may have arrived, so it was not sent again');
		expect(error.description).toContain('Get Many');
	});
});

describe('transcribing an upload', () => {
	const fromUpload = { inputType: 'uploadId', wait: 'none' };

	it('names the upload', async () => {
		api()
			.post('/v1/transcribe', { upload_id: UPLOAD_ID, diarize: false, align: false })
			.reply(200, CREATED);

		await run('transcription', 'transcribe', { ...fromUpload, uploadId: ` ${UPLOAD_ID} ` });
	});

	it.each([
		['', 'Upload ID is empty'],
		['abc', 'Upload ID is not a Scriptivox ID'],
		[`${UPLOAD_ID}/../balance`, 'Upload ID is not a Scriptivox ID'],
	])('refuses %j before any request', async (uploadId, message) => {
		const error = await errorOf(run('transcription', 'transcribe', { ...fromUpload, uploadId }));

		expect(error.message).toBe(`${message} [item 0]`);
	});
});

describe.each<BinaryStorage>(['filesystem', 'memory'])('transcribing a file in %s', (storage) => {
	beforeAll(async () => await useBinaryStorage(storage));

	it('asks for an address, puts the bytes there and starts the job', async () => {
		api()
			.post('/v1/upload', { filename: 'Grüße "1".mp3' })
			.matchHeader('content-type', 'application/json')
			.reply(200, {
				upload_id: UPLOAD_ID,
				upload_url: `${STORAGE}/put?token=signed`,
				headers: { 'Content-Type': 'audio/x-as-signed' },
			});
		nock(STORAGE, { badheaders: ['authorization', 'x-api-key', 'idempotency-key'] })
			.put('/put?token=signed', 'sound of speech')
			.matchHeader('content-type', 'audio/x-as-signed')
			.matchHeader('content-length', '15')
			.reply(200);
		api()
			.post('/v1/transcribe', { upload_id: UPLOAD_ID, diarize: false, align: false })
			.reply(200, CREATED);
		const item = await binaryItem(Buffer.from('sound of speech'), { fileName: 'Grüße "1".mp3' });

		const output = run('transcription', 'transcribe', { wait: 'none' }, { items: [item] });

		expect(await jsonOf(output)).toMatchObject({ id: ID, fileName: 'Grüße "1".mp3' });
	});

	it('reads the file from the field that the user names', async () => {
		expectUpload('speech.mp3');
		api().post('/v1/transcribe').reply(200, CREATED);
		const { binary } = await speech();
		const item = { json: {}, binary: { recording: binary!.data! } };

		await run(
			'transcription',
			'transcribe',
			{ wait: 'none', binaryPropertyName: 'recording' },
			{ items: [item] },
		);
	});
});

describe('transcribing a file', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));
	const fromFile = { inputType: 'binaryFile', wait: 'none' };

	it.each([
		['notes.txt', 5, 'Scriptivox does not take .txt files: "notes.txt"'],
		['speech', 5, 'The file "speech" has no extension, which Scriptivox needs'],
		['speech.mp3', 0, 'The file "speech.mp3" is empty'],
	])('refuses %j with %d bytes before any request', async (fileName, size, message) => {
		const item = await binaryItem(Buffer.alloc(size), { fileName });

		const error = await errorOf(run('transcription', 'transcribe', fromFile, { items: [item] }));

		expect(error.message).toBe(`${message} [item 0]`);
	});

	it('refuses a file of more than 5 GB by what n8n knows of it, before any request', async () => {
		const { Readable } = await import('node:stream');
		const service = await import('n8n-core').then(({ BinaryDataService }) => BinaryDataService);
		jest
			.spyOn(service.prototype, 'getMetadata')
			.mockResolvedValueOnce({ fileSize: 5 * 1024 ** 3 + 1 });
		const opened = jest
			.spyOn(service.prototype, 'getAsStream')
			.mockResolvedValue(Readable.from([]));

		const error = await errorOf(
			run('transcription', 'transcribe', fromFile, { items: [await speech()] }),
		);

		expect(error.message).toBe('The file "speech.mp3" is larger than Scriptivox takes [item 0]');
		expect(opened).not.toHaveBeenCalled();
		jest.restoreAllMocks();
	});

	it('tells of an item without a file', async () => {
		const error = await errorOf(run('transcription', 'transcribe', fromFile));

		expect(error.message).toContain('data');
	});

	it.each([
		'mp3 wav m4a aac ogg flac opus wma aiff caf',
		'mp4 mov avi mkv webm wmv flv m4v 3gp mpeg mts ogv ts vob f4v',
	])('takes %s, in capitals too', async (extensions) => {
		const all = extensions.split(' ').flatMap((kind) => [kind, kind.toUpperCase()]);
		const items = await Promise.all(
			all.map(async (kind) => await binaryItem(Buffer.from('x'), { fileName: `speech.${kind}` })),
		);
		for (const kind of all) expectUpload(`speech.${kind}`);
		api().post('/v1/transcribe').times(all.length).reply(200, CREATED);

		expect(await run('transcription', 'transcribe', fromFile, { items })).toHaveLength(all.length);
	});

	it('asks for a new address and sends the whole file again after a reset', async () => {
		api()
			.post('/v1/upload')
			.reply(200, { upload_id: 'lost', upload_url: `${STORAGE}/lost?token=one`, headers: {} });
		nock(STORAGE)
			.put('/lost?token=one')
			.replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
		expectUpload('speech.mp3');
		api()
			.post('/v1/transcribe', ({ upload_id }) => upload_id === UPLOAD_ID)
			.reply(200, CREATED);

		await run('transcription', 'transcribe', fromFile, { items: [await speech()] });
	});

	it('asks for a new address when the first has run out', async () => {
		api()
			.post('/v1/upload')
			.reply(200, { upload_id: 'old', upload_url: `${STORAGE}/old?token=one`, headers: {} });
		nock(STORAGE).put('/old?token=one').reply(403, '<Error>Request has expired</Error>');
		expectUpload('speech.mp3');
		api().post('/v1/transcribe').reply(200, CREATED);

		await run('transcription', 'transcribe', fromFile, { items: [await speech()] });
	});

	it.each(['upload_id', 'upload_url'])('does not go on without an %s', async (missing) => {
		const reply = { upload_id: UPLOAD_ID, upload_url: `${STORAGE}/put`, [missing]: undefined };
		api().post('/v1/upload').times(6).reply(200, reply);

		const error = await errorOf(
			run('transcription', 'transcribe', fromFile, { items: [await speech()] }),
		);

		expect(error.message).toContain('a reply without upload_id and upload_url');
	});

	it('falls back to the kind’s own type where the API names none', async () => {
		api()
			.post('/v1/upload')
			.reply(200, { upload_id: UPLOAD_ID, upload_url: `${STORAGE}/put`, headers: null });
		nock(STORAGE).put('/put').matchHeader('content-type', 'audio/opus').reply(200);
		api().post('/v1/transcribe').reply(200, CREATED);
		const item = await binaryItem(Buffer.from('x'), { fileName: 'a.OPUS' });

		await run('transcription', 'transcribe', fromFile, { items: [item] });
	});

	it('uses the first upload again when n8n tries the node again', async () => {
		expectUpload('speech.mp3');
		const bodies: unknown[] = [];
		api()
			.post('/v1/transcribe', (body) => bodies.push(body) > 0)
			.reply(402, { error: { code: 'ZERO_BALANCE', message: 'No funds' } });
		api()
			.post('/v1/transcribe', (body) => bodies.push(body) > 0)
			.reply(200, CREATED);
		const more = { items: [await speech()], runExecutionData: createRunExecutionData({}) };

		await errorOf(run('transcription', 'transcribe', fromFile, more));
		await run('transcription', 'transcribe', fromFile, more);

		expect(bodies.at(-1)).toEqual(bodies[0]);
	});

	it('never shows the key or the signed address in an error', async () => {
		api()
			.post('/v1/upload')
			.times(2)
			.reply(200, { upload_id: 'a', upload_url: `${STORAGE}/p?token=signed-secret`, headers: {} });
		nock(STORAGE).put('/p?token=signed-secret').times(2).reply(403);

		const error = await errorOf(
			run('transcription', 'transcribe', fromFile, { items: [await speech()] }),
		);

		expect(everythingSaidBy(error)).not.toMatch(/signed-secret/);
		expect(everythingSaidBy(error)).not.toContain(KEY);
	});
});

describe('transcribing several items', () => {
	const items = [0, 1, 2, 3].map((n) => ({ json: { url: `https://files.example/${n}.mp3` } }));
	const each = { inputType: 'url', url: '={{ $json.url }}', wait: 'none' };
	const idOf = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

	it('gives each its own job, in order', async () => {
		items.forEach(({ json }, n) =>
			api()
				.post('/v1/transcribe', ({ url }) => url === json.url)
				.delay(40 - n * 10)
				.reply(200, { id: idOf(n), status: 'created' }),
		);

		const output = await run('transcription', 'transcribe', each, { items });

		expect(output.map(({ json }) => json.id)).toEqual([0, 1, 2, 3].map(idOf));
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
	});

	it('goes on after an item that fails, where the node is set to', async () => {
		const withBadOne = [items[0]!, { json: { url: 'not a link' } }, items[2]!];
		api().post('/v1/transcribe').times(2).reply(200, CREATED);

		const output = await run('transcription', 'transcribe', each, {
			items: withBadOne,
			continueOnFail: true,
		});

		expect(output[1]).toMatchObject({
			json: { error: 'URL must begin with http:// or https:// [item 1]' },
			pairedItem: { item: 1 },
		});
		expect(output[2]!.json.id).toBe(ID);
	});
});
