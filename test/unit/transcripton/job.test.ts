import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bytesOf, errorOf, waits } from '../harness';
import {
	api,
	chosen,
	DONE,
	envelope,
	ID,
	jsonOf,
	QUEUED,
	reset,
	run,
	SIMPLIFIED,
	SIMPLIFIED_QUEUED,
	TRANSCRIPTION_ID,
} from './support';

const JOB = `/api/v1/jobs/${ID}`;

describe('getting a job of Transcripton', () => {
	it('gives the common Transcript', async () => {
		api().get(JOB).reply(200, DONE);

		expect(await jsonOf(run('job', 'get', chosen()))).toEqual(SIMPLIFIED);
	});

	it('gives Transcripton’s own reply without Simplify', async () => {
		api().get(JOB).reply(200, DONE);

		expect(await jsonOf(run('job', 'get', { ...chosen(), simplify: false }))).toEqual(DONE);
	});

	it('gives a failed job as it is, without a reason that nobody gave', async () => {
		api().get(JOB).reply(200, { id: ID, status: 'failed', transcription: null });

		expect(await jsonOf(run('job', 'get', chosen()))).toEqual({
			...SIMPLIFIED_QUEUED,
			status: 'failed',
		});
	});

	it.each<[string, IDataObject, IDataObject?]>([
		['nothing but the status', { status: 'done' }],
		[
			'null everywhere',
			{
				id: null,
				status: 'done',
				duration_sec: null,
				transcription: null,
				diarization: null,
				summary: null,
			},
		],
		[
			'other kinds than documented',
			{
				id: 7,
				status: 'done',
				duration_sec: '61',
				transcription: [],
				diarization: { segments: {} },
			},
			{ id: '7', durationSeconds: 61 },
		],
	])('takes %s', async (_what, reply, read = {}) => {
		api().get(JOB).reply(200, reply);

		expect(await jsonOf(run('job', 'get', chosen()))).toEqual({
			...SIMPLIFIED_QUEUED,
			...{ id: null, status: 'completed', ...read },
		});
	});

	it('takes an empty text for a result: nothing was said', async () => {
		const transcription = { id: TRANSCRIPTION_ID, full_text: '', language_detected: null };
		api().get(JOB).reply(200, { id: ID, status: 'done', transcription, diarization: null });

		expect(await jsonOf(run('job', 'get', chosen()))).toMatchObject({
			status: 'completed',
			text: '',
			language: null,
			segments: [],
		});
	});

	it.each([
		['queued', 'queued'],
		['downloading', 'processing'],
		['extracting', 'processing'],
		['transcribing', 'processing'],
		['diarizing', 'processing'],
		['analyzing', 'processing'],
		['reinvented', 'processing'],
		['done', 'completed'],
		['failed', 'failed'],
	])('reads the status %s as %s', async (status, read) => {
		api().get(JOB).reply(200, { id: ID, status });

		expect(await jsonOf(run('job', 'get', chosen()))).toMatchObject({ status: read });
	});

	it.each([
		['', 'Job is empty'],
		['abc', 'Job is not a Transcripton ID'],
		[`${ID}/export`, 'Job is not a Transcripton ID'],
		['../webhooks', 'Job is not a Transcripton ID'],
	])('refuses the ID %j before any request', async (id, message) => {
		for (const operation of ['get', 'wait', 'export', 'polish', 'summarize', 'delete']) {
			const error = await errorOf(run('job', operation, chosen(id)));
			expect(error.message).toBe(`${message} [item 0]`);
		}
	});

	it('is repeated after 500 and a lost connection', async () => {
		api().get(JOB).reply(500, 'Internal Server Error');
		api().get(JOB).replyWithError(reset());
		api().get(JOB).reply(200, DONE);

		expect(await jsonOf(run('job', 'get', chosen()))).toEqual(SIMPLIFIED);
	});
});

describe('getting many jobs of Transcripton', () => {
	const entry = (number: number): IDataObject => ({
		id: `job-${number}`,
		status: 'done',
		stage: 6,
		progress: 100,
		duration_sec: number,
		language_detected: 'en',
		created_at: '2026-11-22T11:58:00Z',
	});
	const entries = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) => entry(from + index));
	const page = (
		query: { page: number; limit: number; status?: string },
		jobs: IDataObject[],
		total: number | null = null,
	) =>
		api()
			.get('/api/v1/jobs')
			.query(query)
			.reply(200, { jobs, total, page: query.page, limit: query.limit });
	const idsOf = async (parameters: INodeParameters) =>
		(await run('job', 'getMany', parameters)).map(({ json }) => json.id);

	it('asks for as many as are wanted', async () => {
		page({ page: 1, limit: 3 }, entries(1, 3), 90);

		const output = await run('job', 'getMany', { limit: 3 });

		expect(output).toHaveLength(3);
		expect(output[0]!.json).toEqual({
			...SIMPLIFIED,
			id: 'job-1',
			text: null,
			durationSeconds: 1,
			speakers: [],
			segments: [],
		});
	});

	it('gives Transcripton’s own entries without Simplify', async () => {
		page({ page: 1, limit: 1 }, [entry(1)], 1);

		const output = run('job', 'getMany', { limit: 1, simplify: false });

		expect(await jsonOf(output)).toEqual(entry(1));
	});

	it('reads page after page until there are enough', async () => {
		page({ page: 1, limit: 20 }, entries(1, 20), 90);
		page({ page: 2, limit: 20 }, entries(21, 20), 90);

		expect(await idsOf({ limit: 25 })).toEqual(entries(1, 25).map(({ id }) => id));
	});

	it('reads all pages with Return All', async () => {
		page({ page: 1, limit: 20 }, entries(1, 20), 41);
		page({ page: 2, limit: 20 }, entries(21, 20), 41);
		page({ page: 3, limit: 20 }, entries(41, 1), 41);

		expect(await idsOf({ returnAll: true })).toHaveLength(41);
	});

	it('ends at an empty page where the total is not told', async () => {
		page({ page: 1, limit: 20 }, entries(1, 20));
		page({ page: 2, limit: 20 }, []);

		expect(await idsOf({ returnAll: true })).toHaveLength(20);
	});

	it('gives a job once that a new one moved to the next page', async () => {
		page({ page: 1, limit: 20 }, entries(1, 20), 22);
		page({ page: 2, limit: 20 }, entries(20, 3), 22);

		expect(await idsOf({ returnAll: true })).toEqual(entries(1, 22).map(({ id }) => id));
	});

	it('ends where Transcripton gives the same page again and again', async () => {
		page({ page: 1, limit: 20 }, entries(1, 20));
		page({ page: 2, limit: 20 }, entries(1, 20));

		expect(await idsOf({ returnAll: true })).toHaveLength(20);
	});

	it('goes by the page size that Transcripton keeps to', async () => {
		const small = (number: number, jobs: IDataObject[]) =>
			api()
				.get('/api/v1/jobs')
				.query({ page: number, limit: 20 })
				.reply(200, { jobs, total: 15, page: number, limit: 10 });
		small(1, entries(1, 10));
		small(2, entries(11, 5));

		expect(await idsOf({ returnAll: true })).toHaveLength(15);
	});

	it('asks for one status where told to', async () => {
		page({ page: 1, limit: 20, status: 'failed' }, [], 0);

		expect(await idsOf({ filters: { status: 'failed' } })).toEqual([]);
	});

	it.each([null, {}, 'jobs'])('takes no list for one that is %j', async (jobs) => {
		api().get('/api/v1/jobs').query(true).reply(200, { jobs, total: 1 });

		const error = await errorOf(run('job', 'getMany'));

		expect(error.message).toContain('a reply without jobs');
	});

	it.each([0, -1, 1.5, 'many'])('refuses a limit of %p before any request', async (limit) => {
		const error = await errorOf(run('job', 'getMany', { limit }));

		expect(error.message).toBe('Limit must be a whole number above 0 [item 0]');
	});

	it('refuses a status that Transcripton does not have before any request', async () => {
		const error = await errorOf(run('job', 'getMany', { filters: { status: 'cancelled' } }));

		expect(error.message).toBe('Transcripton has no status "cancelled" [item 0]');
	});
});

describe('waiting for a job of Transcripton', () => {
	it('looks as often as told to', async () => {
		api().get(JOB).reply(200, QUEUED);
		api().get(JOB).reply(200, { id: ID, status: 'analyzing' });
		api().get(JOB).reply(200, DONE);
		const options = { pollIntervalSeconds: 2 };

		expect(await jsonOf(run('job', 'wait', { ...chosen(), options }))).toEqual(SIMPLIFIED);
		expect(waits).toEqual([2000, 2000]);
	});

	it('says that a job failed, and that Transcripton does not say why', async () => {
		api().get(JOB).reply(200, { id: ID, status: 'failed' });

		const error = await errorOf(run('job', 'wait', chosen()));

		expect(error.message).toBe(
			'Transcripton could not transcribe the recording: no reason given [item 0]',
		);
		expect(error.description).toContain(ID);
	});

	it('ends at its time limit, and says how to get on', async () => {
		api().get(JOB).times(3).reply(200, { id: ID, status: 'transcribing' });
		const options = { timeoutMinutes: 0.1 };

		const error = await errorOf(run('job', 'wait', { ...chosen(), options }));

		expect(error.message).toContain(`job ${ID} is processing`);
		expect(error.description).toContain('Use Job: Wait or Job: Get with its ID');
	});
});

describe('exporting a job of Transcripton', () => {
	it.each([
		['txt', 'text/plain'],
		['md', 'text/markdown'],
		['srt', 'application/x-subrip'],
		['vtt', 'text/vtt'],
		['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
		['pdf', 'application/pdf'],
		['json', 'application/json'],
	])('gives %s as it came, byte for byte', async (format, mimeType) => {
		const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256));
		api()
			.get(`${JOB}/export`)
			.query({ format })
			.reply(200, bytes, {
				'Content-Type': 'application/octet-stream',
				'Content-Disposition': `attachment; filename="K_ln.${format}"; filename*=UTF-8''K%C3%B6ln%20%E2%82%AC.${format}`,
			});

		const [item] = await run('job', 'export', { ...chosen(), format });

		expect(item!.json).toEqual({ jobId: ID, format, fileName: `Köln €.${format}` });
		expect(item!.binary!.data).toMatchObject({ fileName: `Köln €.${format}`, mimeType });
		expect(await bytesOf(item!.binary!.data)).toEqual(bytes);
	});

	it('names the file itself where Transcripton does not, in the field that the user names', async () => {
		api().get(`${JOB}/export`).query({ format: 'srt' }).reply(200, 'cues');

		const [item] = await run('job', 'export', { ...chosen(), binaryPropertyName: 'captions' });

		expect(item!.json.fileName).toBe(`${ID}.srt`);
		expect(String(await bytesOf(item!.binary!.captions))).toBe('cues');
	});

	it('refuses an empty output field before any request', async () => {
		const error = await errorOf(run('job', 'export', { ...chosen(), binaryPropertyName: '' }));

		expect(error.message).toBe('Put Output File in Field is empty [item 0]');
	});

	it.each(['doc', '', 'constructor', 'SRT'])(
		'refuses the format %j before any request',
		async (format) => {
			const error = await errorOf(run('job', 'export', { ...chosen(), format }));

			expect(error.message).toBe(`Transcripton has no export format "${format}" [item 0]`);
		},
	);

	it('takes no web page for a file', async () => {
		api()
			.persist()
			.get(`${JOB}/export`)
			.query(true)
			.reply(200, '<html>Sign in</html>', { 'Content-Type': 'text/html' });

		const error = await errorOf(run('job', 'export', chosen()));

		expect(error.message).toContain('Transcripton');
		expect(error.message).toContain('export a job');
	});

	it('reads the error that came in place of the file', async () => {
		api().get(`${JOB}/export`).query(true).reply(404, envelope('not_found'));

		const error = await errorOf(run('job', 'export', chosen()));

		expect(error.message).toContain('Because of not_found (not_found)');
	});
});

describe.each([
	['polish', { polished: true, cached: false, paragraphs: 4, chars: 1200 }],
	[
		'summarize',
		{
			summarized: true,
			cached: true,
			summary: 'A greeting.',
			key_points: ['Morning'],
			action_items: [],
		},
	],
])('%s', (operation, reply) => {
	const path = `${JOB}/${operation}`;

	it('sends no body, and gives what Transcripton made', async () => {
		api().post(path, '').reply(200, reply);

		expect(await jsonOf(run('job', operation, chosen()))).toEqual({ jobId: ID, ...reply });
	});

	it('is repeated after a lost reply, because a second time gives the first result', async () => {
		api().post(path).replyWithError(reset());
		api()
			.post(path)
			.reply(200, { ...reply, cached: true });

		expect(await jsonOf(run('job', operation, chosen()))).toMatchObject({ cached: true });
	});

	it('says what to do about a job that is not ready', async () => {
		api().post(path).reply(409, envelope('job_not_ready'));

		const error = await errorOf(run('job', operation, chosen()));

		expect(error.message).toContain('job_not_ready');
		// an export before the end is refused as well, and has no such option
		expect(error.description).toBe(
			'The job has not ended yet. Use Job: Wait first, or Wait Until Ready where the options have it.',
		);
	});

	it('waits until the job is ready where told to', async () => {
		api().get(JOB).reply(200, { id: ID, status: 'transcribing' });
		api().get(JOB).reply(200, DONE);
		api().post(path).reply(200, reply);
		const options = { waitUntilReady: true };

		await run('job', operation, { ...chosen(), options });

		expect(waits).toEqual([3000]);
	});

	it('is not asked for where the job that was waited for failed', async () => {
		api().get(JOB).reply(200, { id: ID, status: 'failed' });
		const options = { waitUntilReady: true };

		const error = await errorOf(run('job', operation, { ...chosen(), options }));

		expect(error.message).toContain('could not transcribe the recording');
	});
});

describe('polishing and summarizing', () => {
	it('share twenty requests a minute', async () => {
		api().post(`${JOB}/polish`).times(20).reply(200, {});
		api().post(`${JOB}/summarize`).reply(200, {});
		const credentialId = 'shared';
		const items = Array.from({ length: 20 }, () => ({ json: {} }));

		await run('job', 'polish', chosen(), { credentialId, items });
		expect(waits).toEqual([]);
		await run('job', 'summarize', chosen(), { credentialId });

		expect(waits).toEqual([60_000]);
	});
});

describe('deleting a job of Transcripton', () => {
	it.each([
		[204, ''],
		[200, '{"ok":true}'],
	])('takes %d with the body %j', async (status, body) => {
		api().delete(JOB).reply(status, body);

		expect(await jsonOf(run('job', 'delete', chosen()))).toEqual({ deleted: true });
	});

	it('is done where the job is gone after a reply that got lost', async () => {
		api().delete(JOB).replyWithError(reset());
		api().delete(JOB).reply(404, envelope('not_found'));

		expect(await jsonOf(run('job', 'delete', chosen()))).toEqual({ deleted: true });
	});

	it('is an error where there was no such job from the start', async () => {
		api().delete(JOB).reply(404, envelope('not_found'));

		const error = await errorOf(run('job', 'delete', chosen()));

		expect(error.message).toContain('not_found');
	});
});
