import nock from 'nock';
import { createRunExecutionData } from 'n8n-workflow';
import type { IDataObject, INodeParameters, NodeExecutionHint } from 'n8n-workflow';

import {
	binaryItem,
	errorOf,
	useBinaryStorage,
	waits,
	expectForm as expectFormAt,
} from '../harness';
import type { BinaryStorage, SentForm } from '../harness';
import {
	api,
	CLAIM_TOKEN,
	claimedApi,
	DONE,
	envelope,
	expectNoSecretIn,
	GUEST_TOKEN,
	HOST,
	ID,
	ID_TOKEN,
	jsonOf,
	KEY,
	QUEUED,
	reset,
	RESULT,
	run,
	SILENCE,
	SIMPLIFIED,
	SIMPLIFIED_QUEUED,
	speech,
	userCredentials,
} from './support';

const LINK = 'https://files.example/meeting.mp3?dl=1';
const fromUrl = { inputType: 'url', url: LINK, wait: 'none' };
const fromFile = { inputType: 'binaryFile', wait: 'none' };
const submitted = { ...SIMPLIFIED_QUEUED, claimToken: null, replayed: false };

/** Transcribes from a link without waiting, and gives the body that was sent. */
async function bodySentWith(parameters: INodeParameters): Promise<IDataObject> {
	let sent: IDataObject = {};
	api()
		.post('/api/v1/transcribe/url', (body: IDataObject) => {
			sent = body;
			return true;
		})
		.reply(202, QUEUED);
	await run('job', 'transcribe', { ...fromUrl, ...parameters });
	return sent;
}

/** Lets the API take a form, and gives what was sent. */
const expectForm = async (): Promise<SentForm> =>
	await expectFormAt(api(), '/api/v1/transcribe', QUEUED);

describe.each<BinaryStorage>(['filesystem', 'memory'])(
	'transcribing a file out of %s',
	(storage) => {
		beforeAll(async () => await useBinaryStorage(storage));

		it('sends it as a form with its length, and nothing but its source and that speakers are told apart', async () => {
			const sent = expectForm();

			const output = await run('job', 'transcribe', fromFile, { items: [await speech()] });

			const form = await sent;
			expect(form.fields).toEqual({ diarize: 'true', source: 'api' });
			expect(Object.keys(form.files)).toEqual(['file']);
			expect(form.files.file).toMatchObject({ name: 'speech.mp3', type: 'audio/mpeg' });
			expect(form.files.file!.bytes.toString()).toBe('sound of speech');
			expect(Number(form.headers['content-length'])).toBe(form.size);
			expect(form.headers['idempotency-key']).toMatch(/^n8n-[0-9a-f]{64}$/);
			expect(output).toEqual([
				{ json: { ...submitted, fileName: 'speech.mp3' }, pairedItem: { item: 0 } },
			]);
		});

		it('sends every choice as text', async () => {
			const sent = expectForm();

			await run(
				'job',
				'transcribe',
				{
					...fromFile,
					language: 'de',
					diarize: false,
					options: { wordTimestamps: true, source: 'recording' },
				},
				{ items: [await speech()] },
			);

			expect((await sent).fields).toEqual({
				language: 'de',
				diarize: 'false',
				word_timestamps: 'true',
				source: 'recording',
			});
		});
	},
);

describe('transcribing a file', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));

	it('keeps the name, with a quote as browsers write it in a form', async () => {
		const name = 'Grüße "an" alle; 🎧.mp3';
		const sent = expectForm();

		const output = run('job', 'transcribe', fromFile, { items: [await speech(name)] });

		expect(await jsonOf(output)).toMatchObject({ fileName: name });
		expect((await sent).files.file!.name).toBe(name.replace(/"/g, '%22'));
	});

	it('sends it again from its start after a connection that broke, with the same key', async () => {
		const keys: string[] = [];
		const note = (value: string) => keys.push(value) > 0;
		api().post('/api/v1/transcribe').matchHeader('idempotency-key', note).replyWithError(reset());
		api()
			.post('/api/v1/transcribe', /sound of speech/)
			.matchHeader('idempotency-key', note)
			.reply(200, QUEUED, { 'X-Idempotent-Replay': 'true' });

		const output = run('job', 'transcribe', fromFile, { items: [await speech()] });

		expect(await jsonOf(output)).toMatchObject({ id: ID, replayed: true });
		expect(new Set(keys).size).toBe(1);
	});

	it('does not send it again without a key, and says where to look', async () => {
		api().post('/api/v1/transcribe').replyWithError(reset());

		const error = await errorOf(
			run(
				'job',
				'transcribe',
				{ ...fromFile, options: { idempotencyKey: 'none' } },
				{ items: [await speech()] },
			),
		);

		expect(error.description).toContain('Look with Job: Get Many whether the job exists');
	});

	it.each([502, 500])('sends it again after %d with a key', async (status) => {
		api().post('/api/v1/transcribe').reply(status, envelope('BACKEND_ERROR'));
		api().post('/api/v1/transcribe').reply(202, QUEUED);

		await run('job', 'transcribe', fromFile, { items: [await speech()] });
	});

	it('sends it again after a 502 that says that nothing was done, even without a key', async () => {
		api().post('/api/v1/transcribe').reply(502, envelope('BACKEND_UNREACHABLE'));
		api().post('/api/v1/transcribe').reply(202, QUEUED);

		await run(
			'job',
			'transcribe',
			{ ...fromFile, options: { idempotencyKey: 'none' } },
			{ items: [await speech()] },
		);
	});

	it('does not send it again after another 5xx without a key', async () => {
		api().post('/api/v1/transcribe').reply(503);

		const error = await errorOf(
			run(
				'job',
				'transcribe',
				{ ...fromFile, options: { idempotencyKey: 'none' } },
				{ items: [await speech()] },
			),
		);

		expect(error.description).toContain('was not sent again');
	});

	it.each([
		['notes.txt', 'sound', 'Whipscribe does not take .txt files: "notes.txt" [item 0]'],
		['talk', 'sound', 'The file "talk" has no extension, which Whipscribe needs [item 0]'],
		['talk.mp3', '', 'The file "talk.mp3" is empty [item 0]'],
	])('refuses %s (%j) before any request', async (fileName, content, message) => {
		const item = await binaryItem(Buffer.from(content), { fileName });

		const error = await errorOf(run('job', 'transcribe', fromFile, { items: [item] }));

		expect(error.message).toBe(message);
	});

	it('refuses an empty name of the field before any request', async () => {
		const parameters = { ...fromFile, binaryPropertyName: '' };

		await expect(run('job', 'transcribe', parameters)).rejects.toThrow(
			'Input Binary Field is empty',
		);
	});
});

describe('transcribing from a link', () => {
	it('sends exactly what the API asks for', async () => {
		api()
			.post('/api/v1/transcribe/url', { url: LINK, diarize: true, source: 'api' })
			.matchHeader('content-type', 'application/json')
			.matchHeader('idempotency-key', /^n8n-[0-9a-f]{64}$/)
			.reply(202, QUEUED);

		expect(await run('job', 'transcribe', fromUrl)).toEqual([
			{ json: submitted, pairedItem: { item: 0 } },
		]);
	});

	it('gives Whipscribe’s own reply without Simplify', async () => {
		const reply = { ...QUEUED, estimated_seconds: 20, queue_position: 3 };
		api().post('/api/v1/transcribe/url').reply(202, reply);

		const output = run('job', 'transcribe', { ...fromUrl, simplify: false });

		expect(await jsonOf(output)).toEqual({ ...reply, replayed: false });
	});

	it('sends every choice as it is', async () => {
		const options = { wordTimestamps: false, source: 'url' };

		expect(await bodySentWith({ language: 'pt-BR', diarize: true, options })).toEqual({
			url: LINK,
			language: 'pt-BR',
			diarize: true,
			word_timestamps: false,
			source: 'url',
		});
	});

	it.each(['', 'auto'])('leaves the language %j to be found out', async (language) => {
		expect(await bodySentWith({ language })).toEqual({
			url: LINK,
			diarize: true,
			source: 'api',
		});
	});

	it('leaves to Whipscribe what an expression leaves open', async () => {
		expect(await bodySentWith({ diarize: '={{ $json.speakers }}' })).toEqual({
			url: LINK,
			source: 'api',
		});
	});

	it.each([
		[{ language: 'english please' }, '"english please" is not the code of a language'],
		[{ diarize: 'maybe' }, 'Identify Speakers must be true or false'],
	])('refuses the field %j before any request', async (field, message) => {
		await expect(run('job', 'transcribe', { ...fromUrl, ...field })).rejects.toThrow(message);
	});

	it.each([
		[{ source: 'tape' }, 'Whipscribe has no source "tape"'],
		[{ wordTimestamps: 'often' }, 'Word Timestamps must be true or false'],
		[{ idempotencyKey: 'has space' }, 'Idempotency Key must have at most 255 characters'],
		[{ idempotencyKey: 'émile' }, 'Idempotency Key must have at most 255 characters'],
		[{ idempotencyKey: 'a;b' }, 'Idempotency Key must have at most 255 characters'],
		[{ idempotencyKey: 'x'.repeat(256) }, 'Idempotency Key must have at most 255 characters'],
		[{ timeoutMinutes: 0 }, 'Timeout must be'],
		[{ pollIntervalSeconds: 0 }, 'Poll Interval must be'],
		[{ maxRetries: -1 }, 'Max Retries must be'],
	])('refuses %j before any request', async (options, message) => {
		const parameters = { ...fromUrl, options: options as INodeParameters };

		await expect(run('job', 'transcribe', parameters)).rejects.toThrow(message);
	});

	it.each([
		['', 'URL is empty'],
		['meeting.mp3', 'URL must begin with http:// or https://'],
		['ftp://files.example/a.mp3', 'URL must begin with http:// or https://'],
		['http://192.168.1.4/a.mp3', 'URL leads into a network that Whipscribe cannot reach'],
	])('refuses the link %j before any request', async (url, message) => {
		await expect(run('job', 'transcribe', { ...fromUrl, url })).rejects.toThrow(message);
	});

	it('takes a key of the user’s with all the characters that are allowed', async () => {
		const idempotencyKey = `aZ09_.:/-${'x'.repeat(246)}`;
		api()
			.post('/api/v1/transcribe/url')
			.matchHeader('idempotency-key', idempotencyKey)
			.reply(202, QUEUED);

		await run('job', 'transcribe', { ...fromUrl, options: { idempotencyKey } });
	});

	it('sends no key where it is turned off', async () => {
		nock(HOST, { badheaders: ['idempotency-key'] })
			.post('/api/v1/transcribe/url')
			.reply(202, QUEUED);

		await run('job', 'transcribe', { ...fromUrl, options: { idempotencyKey: 'none' } });
	});

	it('sends the same key when n8n runs the node again, and another in a loop’s next round', async () => {
		const keys: string[] = [];
		api()
			.post('/api/v1/transcribe/url')
			.matchHeader('idempotency-key', (value) => keys.push(String(value)) > 0)
			.reply(400, envelope('BAD_URL'));
		api()
			.post('/api/v1/transcribe/url')
			.matchHeader('idempotency-key', (value) => keys.push(String(value)) > 0)
			.times(2)
			.reply(202, QUEUED);
		const runExecutionData = createRunExecutionData({});

		await errorOf(run('job', 'transcribe', fromUrl, { runExecutionData }));
		await run('job', 'transcribe', fromUrl, { runExecutionData });
		await run('job', 'transcribe', fromUrl, { runExecutionData, runIndex: 1 });

		expect(keys[1]).toBe(keys[0]);
		expect(keys[2]).not.toBe(keys[0]);
	});

	it.each([
		['without a job', {}, 'a reply without job_id'],
		['of a web page', '<html></html>', 'a '],
		['of nothing', '', 'an empty reply'],
	])('does not take a reply %s for a job', async (_what, reply, message) => {
		const headers = {
			'Content-Type': reply === '<html></html>' ? 'text/html' : 'application/json',
		};
		api().persist().post('/api/v1/transcribe/url').reply(200, reply, headers);

		await expect(run('job', 'transcribe', fromUrl)).rejects.toThrow(message);
	});
});

describe('waiting for the transcript', () => {
	const waiting = { inputType: 'url', url: LINK };

	it('looks every 3 seconds, then reads the transcript', async () => {
		api().post('/api/v1/transcribe/url').reply(202, QUEUED);
		api()
			.get(`/api/v1/jobs/${ID}`)
			.reply(200, { ...QUEUED, progress: 0 });
		api().get(`/api/v1/jobs/${ID}`).reply(200, { job_id: ID, status: 'warming_up' });
		api().get(`/api/v1/jobs/${ID}`).reply(200, DONE);
		api().get(`/api/v1/jobs/${ID}/result`).query({ format: 'json' }).reply(200, RESULT);

		const output = run('job', 'transcribe', waiting);

		expect(await jsonOf(output)).toEqual({ ...SIMPLIFIED, claimToken: null, replayed: false });
		expect(waits).toEqual([3000, 3000]);
	});

	it('gives the replies without Simplify', async () => {
		api().post('/api/v1/transcribe/url').reply(202, QUEUED);
		api().get(`/api/v1/jobs/${ID}`).reply(200, DONE);
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, RESULT);

		const output = run('job', 'transcribe', { ...waiting, simplify: false });

		expect(await jsonOf(output)).toEqual({ ...QUEUED, ...DONE, result: RESULT, replayed: false });
	});

	it('passes the claim token on by itself, and puts it out', async () => {
		api()
			.post('/api/v1/transcribe/url')
			.reply(202, { ...QUEUED, claim_token: CLAIM_TOKEN });
		claimedApi().get(`/api/v1/jobs/${ID}`).reply(200, DONE);
		claimedApi().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, RESULT);

		const output = run('job', 'transcribe', waiting);

		expect(await jsonOf(output)).toMatchObject({ id: ID, claimToken: CLAIM_TOKEN });
	});

	it('keeps the claim token out of errors', async () => {
		api()
			.post('/api/v1/transcribe/url')
			.reply(202, { ...QUEUED, claim_token: CLAIM_TOKEN });
		claimedApi()
			.get(`/api/v1/jobs/${ID}`)
			.reply(404, { error: `No job for ${CLAIM_TOKEN} of ${KEY}`, code: 'NOT_FOUND' });

		const error = await errorOf(run('job', 'transcribe', waiting));

		expect(error.message).toContain('No job for *** of *** (NOT_FOUND)');
		// nobody could read the job without it: it is in the details, and there alone
		expect(error.context).toMatchObject({ claimToken: CLAIM_TOKEN });
		delete (error.context as IDataObject).claimToken;
		expectNoSecretIn(error);
	});

	it('takes a recording without speech for a result, and says so in the panel', async () => {
		api().post('/api/v1/transcribe/url').reply(202, QUEUED);
		api()
			.get(`/api/v1/jobs/${ID}`)
			.reply(200, { ...DONE, speech_detected: false, language: null });
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, SILENCE);
		const hints: NodeExecutionHint[] = [];

		const output = run('job', 'transcribe', waiting, { hints });

		expect(await jsonOf(output)).toMatchObject({
			status: 'completed',
			text: '',
			language: null,
			speechDetected: false,
			segments: [],
			error: null,
		});
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('no speech') }),
		]);
	});

	it('says nothing in the panel about a recording with speech', async () => {
		api().post('/api/v1/transcribe/url').reply(202, QUEUED);
		api().get(`/api/v1/jobs/${ID}`).reply(200, DONE);
		api().get(`/api/v1/jobs/${ID}/result`).query(true).reply(200, RESULT);
		const hints: NodeExecutionHint[] = [];

		await run('job', 'transcribe', waiting, { hints });

		expect(hints).toEqual([]);
	});

	it('goes wrong where the job failed', async () => {
		api().post('/api/v1/transcribe/url').reply(202, QUEUED);
		api()
			.get(`/api/v1/jobs/${ID}`)
			.reply(200, { ...DONE, status: 'failed', error: 'Could not decode' });

		const error = await errorOf(run('job', 'transcribe', waiting));

		expect(error.message).toBe(
			'Whipscribe could not transcribe the recording: Could not decode [item 0]',
		);
		expect(error.description).toContain(ID);
	});

	it('goes wrong at the time limit, and says that nothing is lost', async () => {
		api().post('/api/v1/transcribe/url').reply(202, QUEUED);
		api().get(`/api/v1/jobs/${ID}`).times(3).reply(200, QUEUED);
		const parameters = { ...waiting, options: { timeoutMinutes: 0.1 } };

		const error = await errorOf(run('job', 'transcribe', parameters));

		expect(error.message).toContain(`job ${ID} is queued`);
		expect(error.description).toContain('nothing is lost');
	});
});

describe('who transcribes', () => {
	it('is said by all that the credential holds', async () => {
		nock(HOST, {
			reqheaders: {
				'x-api-key': KEY,
				authorization: `Bearer ${ID_TOKEN}`,
				'x-user-email': 'user@example.com',
				'x-guest-token': GUEST_TOKEN,
			},
		})
			.post('/api/v1/transcribe/url')
			.reply(202, QUEUED);
		const whipscribeApi = {
			...userCredentials.whipscribeApi,
			userEmail: 'user@example.com',
			guestToken: GUEST_TOKEN,
		};

		await run('job', 'transcribe', fromUrl, { credentials: { whipscribeApi } });
	});

	it('is not said with an empty header where the key is missing', async () => {
		nock(HOST, { badheaders: ['x-api-key', 'authorization'] })
			.post('/api/v1/transcribe/url')
			.reply(401, envelope('MISSING_API_KEY'));

		const error = await errorOf(
			run('job', 'transcribe', fromUrl, { credentials: { whipscribeApi: { apiKey: '' } } }),
		);

		expect(error.description).toContain('Open the credential');
	});

	it('is kept out of what is said of an error', async () => {
		nock(HOST)
			.post('/api/v1/transcribe/url')
			.reply(401, { error: `${KEY} and ${ID_TOKEN} are wrong`, code: 'INVALID_API_KEY' });

		const error = await errorOf(
			run('job', 'transcribe', fromUrl, { credentials: userCredentials }),
		);

		expect(error.message).toContain('*** and *** are wrong');
		expectNoSecretIn(error);
	});

	it('is not told to another host by a redirect', async () => {
		nock(HOST)
			.persist()
			.post('/api/v1/transcribe/url')
			.reply(307, '', { Location: 'https://elsewhere.example/steal' });

		await expect(run('job', 'transcribe', fromUrl)).rejects.toThrow(
			'redirected the request to start a transcription to elsewhere.example',
		);
	});
});
