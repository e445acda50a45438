import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ScripeTrigger } from '../../../nodes/Scripe/ScripeTrigger.node';
import { errorOf, everythingSaidBy, pollNode } from '../harness';
import type { Poll } from '../harness';
import {
	api,
	credentials,
	envelope,
	KEY,
	page,
	POST,
	PROJECT,
	SIMPLIFIED_JOB,
	SIMPLIFIED_SOURCE,
	SOURCE,
	WIRE_POST,
	WIRE_SOURCE,
	wireJob,
} from './support';

/** A job of the list; the number is its place in the order of creation. */
const job = (number: number, status: string, more: IDataObject = {}) => {
	const createdAt = new Date(Date.UTC(2026, 10, 22, 8) + number * 1000).toISOString();
	return wireJob({ id: `job_${number}`, status, createdAt, ...more });
};

const jobs = (from: number, to: number, status: string) =>
	Array.from({ length: to - from + 1 }, (_, index) => job(from + index, status));

/** Expects a look at a page; jobs are given the oldest first, and listed the newest first. */
function expectList(rows: IDataObject[], next: string | null = null, cursor?: string): void {
	api()
		.get('/v1/jobs')
		.query({ limit: '200', ...(cursor && { cursor }) })
		.reply(200, page([...rows].reverse(), next));
}

/** A trigger with a memory of its own, as n8n keeps one for it. */
function trigger(parameters: INodeParameters = {}, more: Partial<Poll> = {}) {
	const staticData: IDataObject = {};
	const poll = async (changes: Partial<Poll> = {}) =>
		await pollNode({
			node: new ScripeTrigger(),
			credentials,
			credentialId: 'credential-under-test',
			staticData,
			parameters,
			...more,
			...changes,
		});
	const ids = async (changes: Partial<Poll> = {}) =>
		(await poll(changes))?.map(({ json }) => json.id) ?? null;
	return { poll, ids, staticData };
}

/** A trigger that has begun with these jobs. */
async function begun(rows: IDataObject[], parameters: INodeParameters = {}) {
	const one = trigger(parameters);
	expectList(rows);
	expect(await one.poll()).toBeNull();
	return one;
}

describe('the Scripe trigger', () => {
	it('begins with the jobs that are there, and emits none of them', async () => {
		const { ids } = await begun([job(1, 'DONE'), job(2, 'FAILED'), job(3, 'CANCELLED')]);
		expectList([job(1, 'DONE'), job(2, 'FAILED'), job(3, 'CANCELLED')]);

		expect(await ids()).toBeNull();
	});

	it('emits a job once, when it is done', async () => {
		const result = { sourceId: SOURCE };
		const { poll, ids } = await begun([job(1, 'DONE')]);
		for (const status of ['QUEUED', 'RUNNING', 'SOMETHING_NEW']) {
			expectList([job(1, 'DONE'), job(2, status)]);
			expect(await ids()).toBeNull();
		}
		expectList([job(1, 'DONE'), job(2, 'DONE', { result })]);

		expect(await poll()).toEqual([
			{
				json: {
					...SIMPLIFIED_JOB,
					id: 'job_2',
					jobId: 'job_2',
					status: 'completed',
					sourceId: SOURCE,
					event: 'done',
				},
			},
		]);
		expectList([job(1, 'DONE'), job(2, 'DONE', { result })]);
		expect(await ids()).toBeNull();
	});

	it.each([
		[
			['done', 'failed'],
			['job_1', 'job_2'],
		],
		[['cancelled'], ['job_3']],
		[['failed'], ['job_2']],
	])('emits only what ended as %j where that is chosen', async (events, expected) => {
		const { ids } = await begun(jobs(1, 3, 'QUEUED'), { events });
		expectList([job(1, 'DONE'), job(2, 'FAILED'), job(3, 'CANCELLED')]);

		expect(await ids()).toEqual(expected);
	});

	it('says why a job failed', async () => {
		const { poll } = await begun([]);
		expectList([job(1, 'FAILED', { errorCode: 'bad_media', errorMessage: 'No sound' })]);

		const items = await poll();

		expect(items![0]!.json).toMatchObject({
			event: 'failed',
			status: 'failed',
			error: { code: 'bad_media', message: 'No sound' },
		});
	});

	it('emits only the kinds of job that are chosen, and does not await the others', async () => {
		const { ids } = await begun([job(1, 'QUEUED', { type: 'POST_GENERATION' })], {
			options: { types: ['SOURCE_INGEST_FILE'] },
		});
		expectList([job(2, 'DONE', { type: 'KB_INGEST_URL' }), job(3, 'DONE')]);

		expect(await ids()).toEqual(['job_3']);
	});

	it('emits what ended while n8n was down, and nothing twice', async () => {
		const { ids, staticData } = await begun([job(1, 'DONE'), job(2, 'QUEUED')]);
		const restarted = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		const now = [job(1, 'DONE'), job(2, 'DONE'), job(3, 'DONE')];
		expectList(now);

		expect(await ids({ staticData: restarted })).toEqual(['job_2', 'job_3']);
		expectList(now);
		expect(await ids({ staticData: restarted })).toBeNull();
	});

	it('follows the cursor down to what it knows, so that no job is skipped', async () => {
		const { ids } = await begun([job(1, 'DONE')]);
		expectList(jobs(202, 401, 'QUEUED'), 'c1');
		expectList(jobs(2, 201, 'QUEUED'), 'c2', 'c1');
		expectList([job(1, 'DONE')], null, 'c2');
		expect(await ids()).toBeNull();
		expectList([...jobs(202, 391, 'QUEUED'), ...jobs(392, 401, 'DONE')], 'c1');
		for (let number = 2; number <= 51; number++) {
			api()
				.get(`/v1/jobs/job_${number}`)
				.reply(200, { data: job(number, 'DONE') });
		}

		const emitted = await ids();

		expect(emitted).toHaveLength(60);
		expect(new Set(emitted).size).toBe(60);
	});

	it.each([
		['1,000 are new', 1000, true],
		['the list ends after 999', 999, undefined],
	])('tells by mayHaveMissed where %s', async (_name, count, mayHaveMissed) => {
		const { poll } = await begun([job(1, 'DONE')]);
		const rows = jobs(2, count + 1, 'DONE');
		for (let end = rows.length, pageNumber = 1; end > 0; end -= 200, pageNumber++) {
			const next = end > 200 || mayHaveMissed ? `page${pageNumber + 1}` : null;
			const cursor = pageNumber > 1 ? `page${pageNumber}` : undefined;
			expectList(rows.slice(Math.max(0, end - 200), end), next, cursor);
		}
		const [first, second] = (await poll())!;

		expect(first!.json.mayHaveMissed).toBe(mayHaveMissed);
		expect(second!.json.mayHaveMissed).toBe(mayHaveMissed);
	});

	it('gives Scripe’s own job without Simplify', async () => {
		const { poll } = await begun([], { simplify: false });
		expectList([job(1, 'DONE')]);

		expect(await poll()).toEqual([{ json: job(1, 'DONE') }]);
	});

	it('leaves out rows without an ID', async () => {
		const { ids } = await begun([]);
		expectList([{ status: 'DONE' }, job(1, 'DONE'), { id: null, status: 'DONE' }]);

		expect(await ids()).toEqual(['job_1']);
	});

	it('goes wrong where the list cannot be read, without the key, and notes nothing', async () => {
		const { poll, ids, staticData } = await begun([job(1, 'QUEUED')]);
		const before = JSON.stringify(staticData);
		const refusal = envelope('scope_missing', { details: { required: 'jobs' } });
		api().get('/v1/jobs').query(true).reply(403, refusal);

		const error = await errorOf(poll());

		expect(error.message).toContain('(scope_missing)');
		expect(everythingSaidBy(error)).not.toContain(KEY);
		expect(JSON.stringify(staticData)).toBe(before);
		expectList([job(1, 'DONE')]);
		expect(await ids()).toEqual(['job_1']);
	});

	it('gives the latest job that ended as a sample in the editor, and notes nothing', async () => {
		const { ids, staticData } = trigger({}, { mode: 'manual' });
		expectList([job(1, 'DONE'), job(2, 'DONE'), job(3, 'QUEUED')]);

		expect(await ids()).toEqual(['job_2']);
		expect(staticData).toEqual({});
	});
});

describe('the Scripe trigger, asked for what a job made', () => {
	const asked = { options: { fetchTranscript: true } };
	const withSource = job(1, 'DONE', { result: { sourceId: SOURCE } });
	const withPost = job(2, 'DONE', { type: 'POST_GENERATION', result: { postId: POST } });

	it('reads the source', async () => {
		const { poll } = await begun([], asked);
		expectList([withSource]);
		api().get(`/v1/sources/${SOURCE}`).reply(200, { data: WIRE_SOURCE });

		expect(await poll()).toEqual([
			{
				json: {
					...SIMPLIFIED_JOB,
					...SIMPLIFIED_SOURCE,
					id: 'job_1',
					jobId: 'job_1',
					event: 'done',
				},
			},
		]);
	});

	it('finds the post among those of its project', async () => {
		const { poll } = await begun([], asked);
		expectList([withPost]);
		api()
			.get('/v1/posts')
			.query({ projectId: PROJECT, limit: '200', dateFrom: '2026-11-21' })
			.reply(200, page([WIRE_POST]));

		const items = await poll();

		expect(items![0]!.json).toMatchObject({ id: 'job_2', postId: POST, post: WIRE_POST });
	});

	it('puts them beside Scripe’s own job without Simplify', async () => {
		const { poll } = await begun([], { ...asked, simplify: false });
		expectList([withSource, withPost]);
		api().get(`/v1/sources/${SOURCE}`).reply(200, { data: WIRE_SOURCE });
		api()
			.get('/v1/posts')
			.query(true)
			.reply(200, page([WIRE_POST]));

		const items = await poll();

		expect(items!.map(({ json }) => json)).toEqual([
			{ ...withSource, source: WIRE_SOURCE },
			{ ...withPost, post: WIRE_POST },
		]);
	});

	it('emits a job without its source where that may not be read', async () => {
		const { poll } = await begun([], asked);
		expectList([withSource]);
		api().get(`/v1/sources/${SOURCE}`).reply(404, envelope('not_found'));

		const items = await poll();

		const message = expect.stringContaining(
			'use Job: Wait or Job: Get with the ID job_1',
		) as string;
		const error = { code: 'not_found', message };
		expect(items![0]!.json).toMatchObject({ id: 'job_1', sourceId: SOURCE, text: null, error });
	});

	it('reads nothing for a job that failed', async () => {
		const { ids } = await begun([], asked);
		expectList([job(1, 'FAILED', { result: { sourceId: SOURCE, postId: POST } })]);

		expect(await ids()).toEqual(['job_1']);
	});
});
