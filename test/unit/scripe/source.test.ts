import nock from 'nock';
import { createRunExecutionData } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';

import { binaryItem, errorOf, everythingSaidBy, useBinaryStorage, waits } from '../harness';
import type { BinaryStorage } from '../harness';
import {
	api,
	chosen,
	DONE,
	envelope,
	expectPut,
	inProject,
	JOB,
	jsonOf,
	KEY,
	minted,
	PROJECT,
	run,
	SIMPLIFIED_JOB,
	SIMPLIFIED_SOURCE,
	SOURCE,
	speech,
	STORAGE,
	UPLOAD,
	WIRE_SOURCE,
	wireJob,
} from './support';

const fromText = { ...inProject, inputType: 'text', text: 'Good morning. Thank you.' };
const fromUpload = { ...inProject, inputType: 'uploadId', uploadId: UPLOAD, wait: 'none' };
const fromFile = { ...inProject, inputType: 'binaryFile', wait: 'none' };

const create = async (parameters: IDataObject, more = {}) =>
	await run('source', 'create', parameters as never, more);

const lost = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

describe('making a source of a text', () => {
	it('sends exactly what the API asks for', async () => {
		api()
			.post('/v1/sources', { type: 'text', projectId: PROJECT, text: fromText.text })
			.matchHeader('content-type', 'application/json')
			.matchHeader('idempotency-key', /^n8n-[0-9a-f]{60}$/)
			.reply(201, { data: WIRE_SOURCE }, { 'Idempotent-Replayed': 'false' });

		const output = await create(fromText);

		expect(output).toEqual([
			{ json: { ...SIMPLIFIED_SOURCE, replayed: false }, pairedItem: { item: 0 } },
		]);
	});

	it('sends the name where there is one', async () => {
		const body = { type: 'text', projectId: PROJECT, text: fromText.text, name: 'Morning' };
		api().post('/v1/sources', body).reply(200, { data: WIRE_SOURCE });

		await create({ ...fromText, name: ' Morning ' });
	});

	it('gives Scripe’s own source without Simplify', async () => {
		api().post('/v1/sources').reply(200, { data: WIRE_SOURCE });

		expect(await jsonOf(create({ ...fromText, simplify: false }))).toEqual(WIRE_SOURCE);
	});

	it('says when the key brought back an earlier source', async () => {
		api().post('/v1/sources').reply(200, { data: WIRE_SOURCE }, { 'Idempotent-Replayed': 'true' });

		expect(await jsonOf(create(fromText))).toMatchObject({ id: SOURCE, replayed: true });
	});

	it('takes both words of the vendor for a source that is ready, and waits for none', async () => {
		api()
			.post('/v1/sources')
			.reply(200, { data: { ...WIRE_SOURCE, status: 'Success' } });
		expect(await jsonOf(create(fromText))).toMatchObject({ status: 'completed' });

		api()
			.post('/v1/sources')
			.reply(200, { data: { ...WIRE_SOURCE, status: 'Brewing' } });
		expect(await jsonOf(create(fromText))).toMatchObject({ status: 'processing' });
		expect(waits).toEqual([]);
	});

	it('takes null where a field is optional', async () => {
		const bare = { id: SOURCE, projectId: null, status: null, textPreview: null, topics: null };
		api().post('/v1/sources').reply(200, { data: bare });

		expect(await jsonOf(create(fromText))).toEqual({
			...SIMPLIFIED_SOURCE,
			status: 'processing',
			text: null,
			durationSeconds: null,
			projectId: null,
			name: null,
			textIsCut: false,
			topics: [],
			replayed: false,
		});
	});

	it('takes 1,000,000 characters, an emoji counted as one', async () => {
		const text = '😀'.repeat(1_000_000);
		api()
			.post('/v1/sources', (body: IDataObject) => body.text === text)
			.reply(200, { data: WIRE_SOURCE });

		await create({ ...fromText, text });
	});

	it.each([
		[{ text: '' }, 'Text is empty'],
		[{ text: ' \n\t' }, 'Text is empty'],
		[{ text: 'x'.repeat(1_000_001) }, 'Text has more than 1000000 characters'],
		[{ projectId: chosen('') }, 'Project is empty'],
		[{ projectId: chosen('personal') }, 'Project is not a Scripe ID'],
		[{ projectId: chosen('proj_1/../x') }, 'Project is not a Scripe ID'],
		[{ projectId: chosen(SOURCE) }, 'Project is not a Scripe ID'],
		[{ inputType: 'url' }, 'There is no input type "url"'],
		[
			{ options: { idempotencyKey: 'a b' } },
			'Idempotency Key must have at most 64 characters, each of them a letter, a digit, _ or -',
		],
		[
			{ options: { idempotencyKey: 'x'.repeat(65) } },
			'Idempotency Key must have at most 64 characters, each of them a letter, a digit, _ or -',
		],
	])('refuses a wrong field before any request: %#', async (wrong, message) => {
		const error = await errorOf(create({ ...fromText, ...wrong }));

		expect(error.message).toBe(`${message} [item 0]`);
	});

	it('refuses a credential without a version before any request', async () => {
		const credentials = { scripeApi: { apiKey: KEY, apiVersion: '' } };

		const error = await errorOf(create(fromText, { credentials }));

		expect(error.message).toBe('The API Version of the Scripe credential is not a date');
	});
});

describe('the idempotency key of a source', () => {
	it('is what the user sets', async () => {
		api()
			.post('/v1/sources')
			.matchHeader('idempotency-key', 'My_key-1')
			.reply(200, { data: WIRE_SOURCE });

		await create({ ...fromText, options: { idempotencyKey: 'My_key-1' } });
	});

	it('is the same in every retry of a lost request', async () => {
		const keys: unknown[] = [];
		api()
			.post('/v1/sources')
			.reply(function () {
				keys.push(this.req.headers['idempotency-key']);
				return [500, envelope('internal_error')];
			});
		api().post('/v1/sources').replyWithError(lost());
		api()
			.post('/v1/sources')
			.reply(function () {
				keys.push(this.req.headers['idempotency-key']);
				return [200, { data: WIRE_SOURCE }];
			});

		await create(fromText);

		expect(keys).toHaveLength(2);
		expect(new Set(keys).size).toBe(1);
	});

	it('keeps a request without it from being sent twice', async () => {
		nock('https://api.scripe.io', { badheaders: ['idempotency-key'] })
			.post('/v1/sources')
			.replyWithError(lost());

		const error = await errorOf(create({ ...fromText, options: { idempotencyKey: 'none' } }));

		expect(error.description).toContain('may have arrived, so it was not sent again');
		expect(error.description).toContain('Look in Scripe whether the source exists');
	});
});

describe('making a source of an upload', () => {
	it('gives the job without waiting', async () => {
		api()
			.post('/v1/sources', { type: 'file', projectId: PROJECT, uploadId: UPLOAD })
			.reply(202, { data: wireJob() });

		expect(await jsonOf(create(fromUpload))).toEqual({ ...SIMPLIFIED_JOB, replayed: false });
	});

	it('gives Scripe’s own job without Simplify', async () => {
		api().post('/v1/sources').reply(202, { data: wireJob() });

		expect(await jsonOf(create({ ...fromUpload, simplify: false }))).toEqual(wireJob());
	});

	it('waits for the source by default', async () => {
		api().post('/v1/sources').reply(202, { data: wireJob() });
		const progress = { progress: 0.5, updatedAt: '2026-11-22T11:57:30Z', message: 'Working' };
		api()
			.get(`/v1/jobs/${JOB}`)
			.reply(200, { data: wireJob({ status: 'RUNNING', progress }) });
		api().get(`/v1/jobs/${JOB}`).reply(200, { data: DONE });
		api().get(`/v1/sources/${SOURCE}`).reply(200, { data: WIRE_SOURCE });

		const output = create({ ...fromUpload, wait: 'poll' });

		expect(await jsonOf(output)).toEqual({
			...SIMPLIFIED_JOB,
			...SIMPLIFIED_SOURCE,
			id: JOB,
			jobId: JOB,
			replayed: false,
		});
		expect(waits).toEqual([5000, 5000]);
	});

	it('gives Scripe’s own source after waiting without Simplify', async () => {
		api().post('/v1/sources').reply(202, { data: DONE });
		api().get(`/v1/sources/${SOURCE}`).reply(200, { data: WIRE_SOURCE });

		const output = create({ ...fromUpload, wait: 'poll', simplify: false });

		expect(await jsonOf(output)).toEqual(WIRE_SOURCE);
	});

	it('is completed with its job, whatever word the source has for it', async () => {
		api().post('/v1/sources').reply(202, { data: DONE });
		api()
			.get(`/v1/sources/${SOURCE}`)
			.reply(200, { data: { ...WIRE_SOURCE, status: 'Ready' } });

		const output = create({ ...fromUpload, wait: 'poll' });

		expect(await jsonOf(output)).toMatchObject({ status: 'completed' });
	});

	it('tells of a job that failed, with its code and its ID', async () => {
		const failed = { status: 'FAILED', errorCode: 'no_speech', errorMessage: 'Nothing was said' };
		api().post('/v1/sources').reply(202, { data: wireJob() });
		api()
			.get(`/v1/jobs/${JOB}`)
			.reply(200, { data: wireJob(failed) });

		const error = await errorOf(create({ ...fromUpload, wait: 'poll' }));

		expect(error.message).toBe(
			'Scripe could not make a source of the file: Nothing was said (no_speech) [item 0]',
		);
		expect(error.description).toContain(JOB);
	});

	it.each([
		['', 'Upload ID is empty'],
		['9mN0oP1qR2', 'Upload ID is not a Scripe ID'],
		[`${UPLOAD}?x=1`, 'Upload ID is not a Scripe ID'],
	])('refuses the upload %j before any request', async (uploadId, message) => {
		const error = await errorOf(create({ ...fromUpload, uploadId }));

		expect(error.message).toBe(`${message} [item 0]`);
	});

	it('checks the settings for waiting before the job is started', async () => {
		const options = { timeoutMinutes: 0 };

		const error = await errorOf(create({ ...fromUpload, options }));

		expect(error.message).toContain('Timeout must be');
	});
});

describe.each<BinaryStorage>(['filesystem', 'memory'])(
	'making a source of a file in %s',
	(kind) => {
		beforeAll(async () => await useBinaryStorage(kind));

		it('asks for an address, puts the bytes there without the key, and makes the source', async () => {
			api()
				.post('/v1/uploads', { contentType: 'audio/mpeg', maxSizeBytes: 15 })
				.matchHeader('idempotency-key', /^n8n-[0-9a-f-]{36}$/)
				.reply(201, minted(UPLOAD, 'audio/x-as-signed'));
			expectPut()
				.matchHeader('content-type', 'audio/x-as-signed')
				.matchHeader('content-length', '15')
				.reply(200);
			api()
				.post('/v1/sources', { type: 'file', projectId: PROJECT, uploadId: UPLOAD })
				.reply(202, { data: wireJob() });

			const output = create(fromFile, { items: [await speech()] });

			expect(await jsonOf(output)).toMatchObject({ id: JOB, fileName: 'speech.mp3' });
		});
	},
);

describe('making a source of a file', () => {
	beforeAll(async () => await useBinaryStorage('filesystem'));

	it('asks for a new address with a new key, and sends the whole file again after a reset', async () => {
		const keys: unknown[] = [];
		for (const uploadId of ['upl_lost', UPLOAD]) {
			api()
				.post('/v1/uploads')
				.reply(function () {
					keys.push(this.req.headers['idempotency-key']);
					return [200, minted(uploadId)];
				});
		}
		expectPut('upl_lost').replyWithError(lost());
		nock(STORAGE).put(`/put/${UPLOAD}?X-Signature=signed`, 'sound of speech').reply(200);
		api()
			.post('/v1/sources', ({ uploadId }) => uploadId === UPLOAD)
			.reply(202, { data: wireJob() });

		await create(fromFile, { items: [await speech()] });

		expect(new Set(keys).size).toBe(2);
	});

	it('names the first upload again when the node is retried', async () => {
		api().post('/v1/uploads').reply(200, minted());
		expectPut().reply(200);
		const bodies: unknown[] = [];
		api()
			.post('/v1/sources')
			.reply(400, (_uri, body) => {
				bodies.push(body);
				return envelope('invalid_request');
			});
		api()
			.post('/v1/sources')
			.reply(200, (_uri, body) => {
				bodies.push(body);
				return { data: wireJob() };
			});
		const again = { items: [await speech()], runExecutionData: createRunExecutionData({}) };

		await errorOf(create(fromFile, again));
		await create(fromFile, again);

		expect(bodies[0]).toEqual(bodies[1]);
	});

	it.each([
		['application/zip', 5, 'Scripe does not take files of the type "application/zip": "a.bin"'],
		['', 5, 'Scripe does not take files of the type "": "a.bin"'],
		['audio/mpeg', 0, 'The file "a.bin" is empty'],
		['text/plain', 25 * 1024 ** 2 + 1, 'The file "a.bin" is larger than Scripe takes'],
	])('refuses %j with %d bytes before any request', async (mimeType, size, message) => {
		const item = await binaryItem(Buffer.alloc(size), { fileName: 'a.bin' });
		item.binary!.data!.mimeType = mimeType;

		const error = await errorOf(create(fromFile, { items: [item] }));

		expect(error.message).toBe(`${message} [item 0]`);
	});

	it.each([
		'audio/x-m4a',
		'video/mp4',
		'image/png',
		'application/pdf',
		'application/msword',
		'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		'Text/Plain; charset=utf-8',
	])('takes %s', async (mimeType) => {
		const contentType = mimeType.toLowerCase().replace(/;.*/, '');
		api()
			.post('/v1/uploads', { contentType, maxSizeBytes: 1 })
			.reply(200, minted(UPLOAD, contentType));
		expectPut().matchHeader('content-type', contentType).reply(200);
		api().post('/v1/sources').reply(202, { data: wireJob() });
		const item = await binaryItem(Buffer.from('x'), { fileName: 'a', mimeType });

		await create(fromFile, { items: [item] });
	});

	it('names a file that has no name after its kind, which may be a document', async () => {
		api().post('/v1/uploads').reply(200, minted(UPLOAD, 'application/pdf'));
		expectPut().reply(200);
		api().post('/v1/sources').reply(202, { data: wireJob() });
		const item = await binaryItem(Buffer.from('%PDF-1.7'), { mimeType: 'application/pdf' });
		item.binary!.data!.fileExtension = 'pdf';

		const { fileName } = await jsonOf(create({ ...fromFile, wait: 'none' }, { items: [item] }));

		expect(fileName).toBe('file.pdf');
	});

	it('never shows the presigned address or the key', async () => {
		api().post('/v1/uploads').times(2).reply(200, minted());
		expectPut().times(2).reply(403, `<Error>${KEY}</Error>`);

		const error = await errorOf(create(fromFile, { items: [await speech()] }));

		expect(error.message).toContain('the storage answered with HTTP 403');
		expect(everythingSaidBy(error)).not.toContain('X-Signature');
		expect(everythingSaidBy(error)).not.toContain(KEY);
	});
});

describe('reading a source', () => {
	const ofSource = { sourceId: chosen(SOURCE) };

	it('gives the common Transcript with what Scripe knows besides', async () => {
		api().get(`/v1/sources/${SOURCE}`).reply(200, { data: WIRE_SOURCE });

		expect(await jsonOf(run('source', 'get', ofSource))).toEqual(SIMPLIFIED_SOURCE);
	});

	it('gives Scripe’s own source without Simplify', async () => {
		api().get(`/v1/sources/${SOURCE}`).reply(200, { data: WIRE_SOURCE });

		const output = run('source', 'get', { ...ofSource, simplify: false });

		expect(await jsonOf(output)).toEqual(WIRE_SOURCE);
	});

	it.each([
		['', 'Source is empty'],
		[JOB, 'Source is not a Scripe ID'],
		['src_', 'Source is not a Scripe ID'],
	])('refuses the ID %j before any request', async (id, message) => {
		const error = await errorOf(run('source', 'get', { sourceId: chosen(id) }));

		expect(error.message).toBe(`${message} [item 0]`);
	});
});
