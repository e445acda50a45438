import type { IDataObject } from 'n8n-workflow';

import { errorOf, waits } from '../harness';
import {
	api,
	inProject,
	JOB,
	jsonOf,
	page,
	POST,
	PROJECT,
	run,
	WIRE_POST,
	wireJob,
} from './support';

const WRITTEN = wireJob({ type: 'POST_GENERATION', status: 'DONE', result: { postId: POST } });
const LATER = '2026-12-01T08:00:00.000Z';

describe('making a post', () => {
	const create = async (more: IDataObject = {}) =>
		await run('post', 'create', { ...inProject, content: 'What I learned', ...more } as never);

	it('sends exactly what the API asks for', async () => {
		api()
			.post('/v1/posts', { projectId: PROJECT, content: 'What I learned' })
			.matchHeader('idempotency-key', /^n8n-[0-9a-f]{60}$/)
			.reply(201, { data: WIRE_POST });

		expect(await jsonOf(create())).toEqual({ ...WIRE_POST, replayed: false });
	});

	it('sends every choice of the user', async () => {
		api()
			.post('/v1/posts', {
				projectId: PROJECT,
				content: 'What I learned',
				title: 'Lessons',
				contentType: 'EDUCATIONAL',
				scheduledFor: LATER,
			})
			.reply(200, { data: WIRE_POST }, { 'Idempotent-Replayed': 'true' });
		const options = {
			title: 'Lessons',
			contentType: 'EDUCATIONAL',
			scheduledFor: '2026-12-01T09:00:00+01:00',
		};

		expect(await jsonOf(create({ options }))).toMatchObject({ id: POST, replayed: true });
	});

	it.each([
		[{ content: '' }, 'Content is empty'],
		[{ content: 'x'.repeat(100_001) }, 'Content has more than 100000 characters'],
		[{ options: { title: 'x'.repeat(501) } }, 'Title has more than 500 characters'],
		[{ options: { scheduledFor: 'soon' } }, 'Scheduled For is not a date and time'],
		[{ options: { scheduledFor: '2026-11-22T11:59:59Z' } }, 'Scheduled For has passed'],
		[{ projectId: 'personal' }, 'Project is not a Scripe ID'],
	])('refuses a wrong field before any request: %#', async (wrong, message) => {
		const error = await errorOf(create(wrong));

		expect(error.message).toBe(`${message} [item 0]`);
	});
});

describe('the time of a post', () => {
	it('is meant in the workflow’s time zone where it has no offset, as n8n’s date picker gives it', async () => {
		api()
			.post('/v1/posts', (body: IDataObject) => body.scheduledFor === '2026-12-01T13:00:00.000Z')
			.reply(200, { data: WIRE_POST });
		const options = { scheduledFor: '2026-12-01T08:00:00' };
		const settings = { timezone: 'America/New_York' };

		await run('post', 'create', { ...inProject, content: 'Hi', options }, { settings });
	});
});

describe('generating a post', () => {
	const generate = async (more: IDataObject = {}) =>
		await run('post', 'generate', { ...inProject, text: 'A transcript', ...more } as never);
	const body = { projectId: PROJECT, source: { text: 'A transcript' } };

	it('gives the job without waiting', async () => {
		const started = wireJob({ type: 'POST_GENERATION' });
		api()
			.post('/v1/posts/generations', body)
			.matchHeader('idempotency-key', /^n8n-[0-9a-f]{60}$/)
			.reply(202, { data: started });

		expect(await jsonOf(generate({ wait: 'none' }))).toEqual({ ...started, replayed: false });
	});

	it('lets the request itself wait, and gives the post', async () => {
		api()
			.post('/v1/posts/generations', { ...body, wait_for_completion_ms: 25_000 })
			.reply(200, { data: WRITTEN });
		api()
			.get('/v1/posts')
			.query({ projectId: PROJECT, limit: '200', dateFrom: '2026-11-21' })
			.reply(200, page([{ ...WIRE_POST, id: 'post_other' }, WIRE_POST]));

		const output = generate();

		expect(await jsonOf(output)).toEqual({ ...WRITTEN, replayed: false, post: WIRE_POST });
		expect(waits).toEqual([]);
	});

	it('goes on waiting where that was not enough, and finds the post on a later page', async () => {
		api()
			.post('/v1/posts/generations')
			.reply(202, { data: wireJob({ type: 'POST_GENERATION', status: 'RUNNING' }) });
		api().get(`/v1/jobs/${JOB}`).reply(200, { data: WRITTEN });
		const other = { ...WIRE_POST, id: 'post_other' };
		api()
			.get('/v1/posts')
			.query(({ cursor }) => cursor === undefined)
			.reply(200, page([other], 'c1'));
		api()
			.get('/v1/posts')
			.query(({ cursor }) => cursor === 'c1')
			.reply(200, page([WIRE_POST]));

		expect(await jsonOf(generate())).toMatchObject({ status: 'DONE', post: { id: POST } });
		expect(waits).toEqual([5000]);
	});

	it('gives the job alone where Scripe lists no such post', async () => {
		api().post('/v1/posts/generations').reply(200, { data: WRITTEN });
		api().get('/v1/posts').query(true).reply(200, page([]));

		expect(await jsonOf(generate())).toEqual({ ...WRITTEN, replayed: false, post: null });
	});

	it('sends every choice of the user', async () => {
		api()
			.post('/v1/posts/generations', {
				...body,
				scheduledFor: LATER,
				options: { language: 'de' },
			})
			.reply(202, { data: wireJob() });

		await generate({ wait: 'none', options: { language: 'de', scheduledFor: LATER } });
	});

	it.each([
		[{ text: '  ' }, 'Text is empty'],
		[{ options: { scheduledFor: '2020-01-01' } }, 'Scheduled For has passed'],
	])('refuses %j before any request', async (wrong, message) => {
		const error = await errorOf(generate(wrong));

		expect(error.message).toBe(`${message} [item 0]`);
	});
});

describe('listing posts', () => {
	it('asks for what the user wants', async () => {
		api()
			.get('/v1/posts')
			.query({
				projectId: PROJECT,
				limit: '50',
				status: 'draft,scheduled',
				dateFrom: '2026-11-01',
			})
			.reply(200, page([WIRE_POST]));
		const filters = { status: ['draft', 'scheduled'], dateFrom: '2026-11-01' };

		const output = await run('post', 'getMany', { ...inProject, filters });

		expect(output.map(({ json }) => json)).toEqual([WIRE_POST]);
	});

	it('needs a project', async () => {
		const error = await errorOf(run('post', 'getMany'));

		expect(error.message).toBe('Project is empty [item 0]');
	});
});
