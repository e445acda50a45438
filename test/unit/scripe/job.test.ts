import { detailsOf, errorOf, waits } from '../harness';
import {
	api,
	chosen,
	DONE,
	inProject,
	JOB,
	jsonOf,
	ofJob,
	page,
	POST,
	run,
	SIMPLIFIED_JOB,
	SIMPLIFIED_SOURCE,
	SOURCE,
	WIRE_SOURCE,
	wireJob,
} from './support';

const WITH_SOURCE = { ...SIMPLIFIED_JOB, ...SIMPLIFIED_SOURCE, id: JOB, jobId: JOB };

describe('reading a job', () => {
	it('tells where it stands', async () => {
		const progress = { progress: 0.25, updatedAt: '2026-11-22T11:57:30Z', message: 'Working' };
		api()
			.get(`/v1/jobs/${JOB}`)
			.reply(200, { data: wireJob({ status: 'RUNNING', progress }) });

		expect(await jsonOf(run('job', 'get', ofJob))).toEqual({
			...SIMPLIFIED_JOB,
			status: 'processing',
			progress: 0.25,
		});
	});

	it('gives the source that it made', async () => {
		api().get(`/v1/jobs/${JOB}`).reply(200, { data: DONE });
		api().get(`/v1/sources/${SOURCE}`).reply(200, { data: WIRE_SOURCE });

		expect(await jsonOf(run('job', 'get', ofJob))).toEqual(WITH_SOURCE);
	});

	it('gives Scripe’s own job without Simplify', async () => {
		api().get(`/v1/jobs/${JOB}`).reply(200, { data: DONE });

		expect(await jsonOf(run('job', 'get', { ...ofJob, simplify: false }))).toEqual(DONE);
	});

	it.each([
		['FAILED', { errorCode: 'bad_media', errorMessage: 'No sound' }, 'bad_media', 'No sound'],
		['FAILED', {}, null, 'no reason given'],
		['CANCELLED', {}, 'CANCELLED', 'The job was cancelled'],
	])('tells why it ended as %s', async (status, reason, code, message) => {
		api()
			.get(`/v1/jobs/${JOB}`)
			.reply(200, { data: wireJob({ status, ...reason }) });

		expect(await jsonOf(run('job', 'get', ofJob))).toMatchObject({
			status: 'failed',
			error: { code, message },
		});
	});

	it('takes a status that nobody knows for one that goes on', async () => {
		api()
			.get(`/v1/jobs/${JOB}`)
			.reply(200, { data: wireJob({ status: 'PAUSED' }) });

		expect(await jsonOf(run('job', 'get', ofJob))).toMatchObject({ status: 'processing' });
	});

	it('names what a job made that is no source', async () => {
		const result = { postId: POST };
		api()
			.get(`/v1/jobs/${JOB}`)
			.reply(200, { data: wireJob({ type: 'POST_GENERATION', status: 'DONE', result }) });

		api()
			.get('/v1/posts')
			.query(true)
			.reply(200, { data: [{ id: POST, content: 'Hi' }], pagination: { has_more: false } });

		expect(await jsonOf(run('job', 'get', ofJob))).toMatchObject({
			postId: POST,
			sourceId: null,
			post: { content: 'Hi' },
		});
	});

	it.each(['', 'job', 'src_1', 'job_1/cancel'])(
		'refuses the ID %j before any request',
		async (id) => {
			const error = await errorOf(run('job', 'get', { jobId: chosen(id) }));

			expect(error.message).toMatch(/^Job is (empty|not a Scripe ID) \[item 0\]$/);
		},
	);
});

describe('waiting for a job', () => {
	it('gives the source once it is there', async () => {
		api().get(`/v1/jobs/${JOB}`).reply(200, { data: wireJob() });
		api().get(`/v1/jobs/${JOB}`).reply(200, { data: DONE });
		api().get(`/v1/sources/${SOURCE}`).reply(200, { data: WIRE_SOURCE });

		expect(await jsonOf(run('job', 'wait', ofJob))).toEqual(WITH_SOURCE);
		expect(waits).toEqual([5000]);
	});

	it('gives Scripe’s own job without Simplify', async () => {
		api().get(`/v1/jobs/${JOB}`).reply(200, { data: DONE });

		expect(await jsonOf(run('job', 'wait', { ...ofJob, simplify: false }))).toEqual(DONE);
	});

	it.each([
		['POST_GENERATION', 'write the post'],
		['SOURCE_INGEST_FILE', 'make a source of the file'],
		['KB_INGEST_URL', 'finish the job'],
	])('tells what a cancelled job of %s was to do', async (type, task) => {
		api()
			.get(`/v1/jobs/${JOB}`)
			.reply(200, { data: wireJob({ type, status: 'CANCELLED' }) });

		const [item] = await run('job', 'wait', ofJob, { continueOnFail: true });

		expect(item!.json).toMatchObject({
			error: `Scripe could not ${task}: The job was cancelled (CANCELLED) [item 0]`,
			details: { code: 'CANCELLED' },
		});
		expect(detailsOf(item).description).toContain('Somebody cancelled the job');
	});

	it('ends at the time limit, and says that the job goes on', async () => {
		api().get(`/v1/jobs/${JOB}`).times(3).reply(200, { data: wireJob() });
		const options = { timeoutMinutes: 0.1, pollIntervalSeconds: 5 };

		const error = await errorOf(run('job', 'wait', { ...ofJob, options }));

		expect(error.message).toContain(`job ${JOB} is queued`);
	});
});

describe('listing jobs', () => {
	it('asks for what the user wants, and no more', async () => {
		api()
			.get('/v1/jobs')
			.query({
				limit: '2',
				status: 'DONE,FAILED',
				type: 'SOURCE_INGEST_FILE',
				dateFrom: '2026-11-01',
				dateTo: '2026-11-22',
			})
			.reply(200, page([DONE, wireJob(), wireJob()], 'c1'));

		const output = await run('job', 'getMany', {
			limit: 2,
			filters: {
				status: ['DONE', 'FAILED'],
				type: ['SOURCE_INGEST_FILE'],
				dateFrom: '2026-11-01T00:00:00',
				dateTo: '2026-11-22T23:59:59.000Z',
			},
		});

		expect(output.map(({ json }) => json)).toEqual([
			{ ...SIMPLIFIED_JOB, status: 'completed', sourceId: SOURCE },
			SIMPLIFIED_JOB,
		]);
	});

	it('follows the cursor to the end', async () => {
		api()
			.get('/v1/jobs')
			.query({ limit: '200' })
			.reply(200, page([wireJob({ id: 'job_1' })], 'c1'));
		api()
			.get('/v1/jobs')
			.query({ limit: '200', cursor: 'c1' })
			.reply(200, page([wireJob({ id: 'job_2' })]));

		const output = await run('job', 'getMany', { returnAll: true, simplify: false });

		expect(output.map(({ json }) => json.id)).toEqual(['job_1', 'job_2']);
	});

	it('gives nothing for an empty list', async () => {
		api().get('/v1/jobs').query(true).reply(200, page([]));

		expect(await run('job', 'getMany')).toEqual([]);
	});

	it.each([
		[{ limit: 0 }, 'Limit must be a whole number above 0'],
		[{ limit: 1.5 }, 'Limit must be a whole number above 0'],
		[{ filters: { dateFrom: 'yesterday' } }, 'From is not a date'],
		[{ filters: { dateTo: '2026-13-40' } }, 'To is not a date'],
		[{ filters: { dateTo: '2026-02-31' } }, 'To is not a date'],
		[{ filters: { dateTo: '2026-02-03 later' } }, 'To is not a date'],
	])('refuses %j before any request', async (wrong, message) => {
		const error = await errorOf(run('job', 'getMany', wrong));

		expect(error.message).toBe(`${message} [item 0]`);
	});
});

describe('cancelling a job', () => {
	it('is a write with a key', async () => {
		const cancelled = wireJob({ status: 'CANCELLED' });
		api()
			.post(`/v1/jobs/${JOB}/cancel`)
			.matchHeader('idempotency-key', /^n8n-[0-9a-f]{60}$/)
			.reply(200, { data: cancelled });

		expect(await jsonOf(run('job', 'cancel', ofJob))).toEqual(cancelled);
	});

	it('needs a job', async () => {
		const error = await errorOf(run('job', 'cancel', inProject));

		expect(error.message).toBe('Job is empty [item 0]');
	});
});
