import nock from 'nock';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	binaryItem,
	errorOf,
	useBinaryStorage,
	waits,
	type BinaryStorage,
	type SentForm,
	expectForm as expectFormAt,
} from '../harness';
import {
	api,
	DONE,
	envelope,
	expectNoSecretIn,
	ID,
	jsonOf,
	KEY,
	QUEUED,
	reset,
	run,
	SIMPLIFIED,
	SIMPLIFIED_QUEUED,
	speech,
} from './support';

const LINK = 'https://video.example/watch?v=1';
const fromUrl = { inputType: 'url', url: LINK, wait: 'none' };
const fromFile = { inputType: 'binaryFile', wait: 'none' };

/** Transcribes from a link without waiting, and gives the body that was sent. */
async function bodySentWith(parameters: INodeParameters): Promise<IDataObject> {
	let sent: IDataObject = {};
	api()
		.post('/api/v1/jobs/from-url', (body: IDataObject) => {
			sent = body;
			return true;
		})
		.reply(201, QUEUED);
	await run('job', 'transcribe', { ...fromUrl, ...parameters });
	return sent;
}

/** Lets the API take a form, and gives what was sent. */
const expectForm = async (): Promise<SentForm> => await expectFormAt(api(), '/api/v1/jobs', QUEUED);

describe('transcribing from a link with Transcripton', () => {
	it('sends exactly what the API asks for', async () => {
		api()
			.post('/api/v1/jobs/from-url', { url: LINK, diarize: false })
			.matchHeader('content-type', 'application/json')
			.reply(200, QUEUED);

		const output = await run('job', 'transcribe', fromUrl);

		expect(output).toEqual([{ json: SIMPLIFIED_QUEUED, pairedItem: { item: 0 } }]);
	});

	it('gives Transcripton’s own reply without Simplify', async () => {
		api().post('/api/v1/jobs/from-url').reply(200, QUEUED);

		const output = run('job', 'transcribe', { ...fromUrl, simplify: false });

		expect(await jsonOf(output)).toEqual(QUEUED);
	});

	it('waits for the transcript by default, looking every 3 seconds', async () => {
		api().post('/api/v1/jobs/from-url').reply(200, QUEUED);
		for (const status of ['queued', 'downloading', 'transcribing', 'reinvented']) {
			api().get(`/api/v1/jobs/${ID}`).reply(200, { id: ID, status });
		}
		api().get(`/api/v1/jobs/${ID}`).reply(200, DONE);

		const output = run('job', 'transcribe', { inputType: 'url', url: LINK });

		expect(await jsonOf(output)).toEqual(SIMPLIFIED);
		expect(waits).toEqual([3000, 3000, 3000, 3000]);
	});

	it.each([
		['', 'URL is empty'],
		['   ', 'URL is empty'],
		['meeting.mp3', 'URL must begin with http:// or https://'],
		['ftp://files.example/a.mp3', 'URL must begin with http:// or https://'],
		['http://192.168.1.4/a.mp3', 'URL leads into a network that Transcripton cannot reach'],
	])('refuses %j before any request', async (url, message) => {
		const error = await errorOf(run('job', 'transcribe', { ...fromUrl, url }));

		expect(error.message).toBe(`${message} [item 0]`);
	});

	it.each([
		[
			{ language: 'de', diarize: true },
			{ url: LINK, language: 'de', diarize: true },
		],
		[{ language: ' auto ' }, { url: LINK, language: 'auto', diarize: false }],
		[{ language: '' }, { url: LINK, diarize: false }],
		[{ diarize: 'true' }, { url: LINK, diarize: true }],
		[{ language: 'pt-BR' }, { url: LINK, language: 'pt-BR', diarize: false }],
	])('sends the choices %j', async (choices, body) => {
		expect(await bodySentWith(choices)).toEqual(body);
	});

	it.each(['german', 'd', 'DE', 'de de', 'de"'])(
		'refuses the language %j before any request',
		async (language) => {
			const error = await errorOf(run('job', 'transcribe', { ...fromUrl, language }));

			expect(error.message).toBe(`Language is not an ISO code: "${language}" [item 0]`);
		},
	);

	it('refuses to guess what Identify Speakers means', async () => {
		const error = await errorOf(run('job', 'transcribe', { ...fromUrl, diarize: 'yes' }));

		expect(error.message).toBe('Identify Speakers must be true or false [item 0]');
	});

	it('checks the settings for waiting before the job is started', async () => {
		const error = await errorOf(
			run('job', 'transcribe', { ...fromUrl, options: { timeoutMinutes: 0 } }),
		);

		expect(error.message).toContain('Timeout must be');
	});

	it('refuses an input type that it does not have', async () => {
		const error = await errorOf(run('job', 'transcribe', { inputType: 'uploadId' }));

		expect(error.message).toBe('There is no input type "uploadId" [item 0]');
	});
});

describe.each<BinaryStorage>(['filesystem', 'memory'])(
	'transcribing a file in %s with Transcripton',
	(storage) => {
		beforeAll(async () => await useBinaryStorage(storage));

		it('sends it as a form with its length, its own name and type', async () => {
			const form = expectForm();
			const items = [await speech('Grüße 谢谢.mp3')];

			const output = run('job', 'transcribe', fromFile, { items });

			expect(await jsonOf(output)).toEqual({
				...SIMPLIFIED_QUEUED,
				fileName: 'Grüße 谢谢.mp3',
			});
			const { fields, files, headers, size } = await form;
			expect(fields).toEqual({ diarize: 'false' });
			expect(Object.keys(files)).toEqual(['file']);
			expect(files.file).toMatchObject({ name: 'Grüße 谢谢.mp3', type: 'audio/mpeg' });
			expect(String(files.file!.bytes)).toBe('sound of speech');
			expect(headers['content-type']).toMatch(/^multipart\/form-data; ?boundary=/);
			expect(headers['content-length']).toBe(String(size));
		});

		it('reads it from the field that the user names', async () => {
			const form = expectForm();
			const { binary } = await speech();
			const items = [{ json: {}, binary: { recording: binary!.data! } }];

			await run('job', 'transcribe', { ...fromFile, binaryPropertyName: 'recording' }, { items });

			expect(String((await form).files.file!.bytes)).toBe('sound of speech');
		});
	},
);

describe('transcribing a file with Transcripton', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));

	it('asks for the speakers where told to', async () => {
		const form = expectForm();

		await run('job', 'transcribe', { ...fromFile, diarize: true }, { items: [await speech()] });

		expect((await form).fields).toEqual({ diarize: 'true' });
	});

	it('keeps the file’s name beside the transcript that it waited for', async () => {
		void expectForm();
		api().get(`/api/v1/jobs/${ID}`).reply(200, DONE);

		const output = run('job', 'transcribe', {}, { items: [await speech()] });

		expect(await jsonOf(output)).toEqual({ ...SIMPLIFIED, fileName: 'speech.mp3' });
	});

	it('leaves out a language that the panel hides', async () => {
		const form = expectForm();

		await run('job', 'transcribe', { ...fromFile, language: 'de' }, { items: [await speech()] });

		expect((await form).fields).toEqual({ diarize: 'false' });
	});

	it('refuses a language where an expression makes it a file, before any request', async () => {
		const parameters = { ...fromFile, inputType: '={{ "binaryFile" }}', language: 'de' };

		const error = await errorOf(run('job', 'transcribe', parameters, { items: [await speech()] }));

		expect(error.message).toBe('Transcripton takes Language with a URL only [item 0]');
	});

	it.each([
		['notes.txt', 5, 'Transcripton does not take .txt files: "notes.txt"'],
		['speech.aac', 5, 'Transcripton does not take .aac files: "speech.aac"'],
		['speech', 5, 'The file "speech" has no extension, which Transcripton needs'],
		['speech.mp3', 0, 'The file "speech.mp3" is empty'],
	])('refuses %j with %d bytes before any request', async (fileName, size, message) => {
		const items = [await binaryItem(Buffer.alloc(size), { fileName })];

		const error = await errorOf(run('job', 'transcribe', fromFile, { items }));

		expect(error.message).toBe(`${message} [item 0]`);
	});

	it('takes the eleven kinds of file, in capitals too', async () => {
		const kinds = 'mp3 m4a wav ogg opus flac webm mp4 mov mkv avi'.split(' ');
		const all = kinds.flatMap((kind) => [kind, kind.toUpperCase()]);
		const items = await Promise.all(all.map(async (kind) => await speech(`speech.${kind}`)));
		api().post('/api/v1/jobs').times(all.length).reply(200, QUEUED);
		const options = { requestsPerMinute: 0 };

		expect(await run('job', 'transcribe', { ...fromFile, options }, { items })).toHaveLength(22);
	});

	it('starts at most ten jobs a minute', async () => {
		const items = await Promise.all(Array.from({ length: 11 }, async () => await speech()));
		api().post('/api/v1/jobs').times(11).reply(200, QUEUED);

		await run('job', 'transcribe', fromFile, { items });

		expect(Math.max(...waits)).toBeGreaterThan(55_000);
	});
});

describe.each([
	['a link', '/api/v1/jobs/from-url', fromUrl],
	['a file', '/api/v1/jobs', fromFile],
])('starting a job from %s', (_what, path, parameters) => {
	beforeAll(async () => await useBinaryStorage('filesystem'));
	const start = async () => await run('job', 'transcribe', parameters, { items: [await speech()] });

	it('is not repeated after its reply got lost, and says so', async () => {
		api().post(path).replyWithError(reset());

		const error = await errorOf(start());

		expect(error.message).toContain('Transcripton did not answer the request to start a job');
		expect(error.description).toContain('may have arrived, so it was not sent again');
		expect(error.description).toContain('Job: Get Many');
		expectNoSecretIn(error);
	});

	it.each([
		[500, 'text/plain', 'Internal Server Error'],
		[502, 'text/html', '<html>Bad gateway</html>'],
		[503, 'application/json', JSON.stringify({ detail: 'Service Unavailable' })],
	])('is not repeated after %d with %s', async (status, type, body) => {
		api().post(path).reply(status, body, { 'Content-Type': type });

		const error = await errorOf(start());

		expect(error.description).toContain('may have arrived, so it was not sent again');
	});

	it.each([
		['a web page', '<html>Welcome</html>', 'text/html'],
		['nothing', '', 'application/json'],
		['no id', '{"status":"queued"}', 'application/json'],
		['an id of null', '{"id":null,"status":"queued"}', 'application/json'],
	])('is not repeated where the reply is %s', async (_reply, body, type) => {
		api().post(path).reply(200, body, { 'Content-Type': type });

		const error = await errorOf(start());

		expect(error.description).toContain('may have arrived, so it was not sent again');
	});

	it('is repeated after 429, as long after as it asks', async () => {
		api().post(path).reply(429, envelope('rate_limited'), { 'Retry-After': '7' });
		api().post(path).reply(200, QUEUED);

		expect(await jsonOf(start())).toMatchObject({ id: ID });
		expect(waits).toContain(7000);
	});

	it('is repeated where Transcripton says that it had no capacity', async () => {
		api().post(path).reply(503, envelope('asr_quota_exceeded'));
		api().post(path).reply(200, QUEUED);

		expect(await jsonOf(start())).toMatchObject({ id: ID });
	});

	it('never carries the key to another host', async () => {
		api().post(path).reply(307, '', { Location: 'https://elsewhere.example/jobs' });
		const elsewhere = nock('https://elsewhere.example').post('/jobs').reply(200, QUEUED);

		const error = await errorOf(start());

		expect(error.message).toContain('redirected the request to start a job to elsewhere.example');
		expect(elsewhere.isDone()).toBe(false);
		nock.cleanAll();
		expectNoSecretIn(error);
	});

	it('shows no key that the reply repeats', async () => {
		api()
			.post(path)
			.reply(401, { detail: { code: 'invalid_api_key', message: `Unknown key ${KEY}` } });

		const error = await errorOf(start());

		expect(error.message).toContain('Unknown key ***');
		expectNoSecretIn(error);
	});
});
