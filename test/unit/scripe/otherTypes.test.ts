import type { IDataObject } from 'n8n-workflow';

import { transcriptOfJob, transcriptOfSource } from '../../../nodes/Scripe/transcript';
import { Scripe } from '../../../nodes/Scripe/Scripe.node';
import { ScripeTrigger } from '../../../nodes/Scripe/ScripeTrigger.node';
import { errorOf, inText, listSearch, placesThatBreak, pollNode } from '../harness';
import {
	api,
	chosen,
	credentials,
	DONE,
	inProject,
	jsonOf,
	run,
	SIMPLIFIED_SOURCE,
	SOURCE,
	WIRE_POST,
	WIRE_SOURCE,
	wireJob,
} from './support';

const BEGAN = Date.UTC(2026, 10, 22, 12);
const asText = { inputType: 'text', text: 'Good morning.', ...inProject };

describe('a reply of Scripe with other types than documented', () => {
	it('gives the same where numbers, true and false came as text', async () => {
		api()
			.get(`/v1/sources/${SOURCE}`)
			.reply(200, { data: inText(WIRE_SOURCE) });

		const source = await jsonOf(run('source', 'get', { sourceId: chosen(SOURCE) }));

		expect(source).toEqual(SIMPLIFIED_SOURCE);
	});

	it.each([
		['0.25', 0.25],
		[0.25, 0.25],
		[{ progress: '0.25' }, 0.25],
		[{ progress: null }, null],
		[[], null],
	])('tells how far a job is where its progress is %j', (progress, part) => {
		expect(transcriptOfJob(wireJob({ progress: progress as IDataObject }))).toMatchObject({
			progress: part,
		});
	});

	it('names what a job made where ids came as numbers', () => {
		const job = wireJob({ id: 7, status: 'DONE', result: { sourceId: 8, postId: 0 } });

		expect(transcriptOfJob(job)).toMatchObject({ id: '7', jobId: '7', sourceId: '8', postId: '0' });
	});

	it('is a Transcript whatever is null, absent or of another type in it', () => {
		const failed = wireJob({ status: 'FAILED', errorCode: 'X', errorMessage: 'y' });

		expect(placesThatBreak(WIRE_SOURCE, transcriptOfSource)).toEqual([]);
		expect(placesThatBreak(DONE, transcriptOfJob)).toEqual([]);
		expect(placesThatBreak(failed, transcriptOfJob)).toEqual([]);
	});

	it.each([
		['false', 1],
		[0, 1],
		['true', 2],
		[null, 2],
		[undefined, 2],
	])('ends its list where has_more is %j', async (has_more, pages) => {
		const page = (id: string, more: unknown, next_cursor: string) => ({
			data: [{ ...WIRE_POST, id }, null],
			pagination: { has_more: more, next_cursor },
		});
		api()
			.get('/v1/posts')
			.query(({ cursor }) => !cursor)
			.reply(200, page('a', has_more, 'c1'));
		if (pages > 1) {
			api()
				.get('/v1/posts')
				.query(({ cursor }) => cursor === 'c1')
				.reply(200, page('b', 'false', 'c2'));
		}

		const output = await run('post', 'getMany', { ...inProject, returnAll: true });

		expect(output).toHaveLength(pages);
	});

	it.each([BEGAN, BEGAN / 1000, String(BEGAN), '2026-11-22T12:00:00Z', '2026-11-22 12:00:00'])(
		'labels a job that began at %j',
		async (createdAt) => {
			const rows = [wireJob({ id: 7, createdAt }), wireJob({ id: null }), null];
			api().get('/v1/jobs').query(true).reply(200, { data: rows });

			const list = await listSearch({ node: new Scripe(), credentials, method: 'searchJobs' });

			expect(list.results).toEqual([
				{ name: '2026-11-22 12:00 · SOURCE_INGEST_FILE · QUEUED', value: '7' },
			]);
		},
	);

	it.each([BEGAN, BEGAN / 1000, '2026-11-22 12:00:00'])(
		'finds the post of a job that began at %j',
		async (createdAt) => {
			const done = wireJob({ status: 'DONE', createdAt, result: { postId: 9 } });
			api().post('/v1/posts/generations').reply(200, { data: done });
			api()
				.get('/v1/posts')
				.query(({ dateFrom }) => dateFrom === '2026-11-21')
				.reply(200, { data: [{ ...WIRE_POST, id: '9' }] });

			const post = await jsonOf(run('post', 'generate', { ...inProject, text: 'a', wait: 'poll' }));

			expect(post).toMatchObject({ post: { id: '9' } });
		},
	);

	it('emits a job once where ids are numbers and times are too', async () => {
		const staticData: IDataObject = {};
		const looks: unknown[] = [];
		const old = wireJob({ id: 1, status: 'DONE', createdAt: BEGAN });
		const young = wireJob({ id: 2, status: 'DONE', createdAt: BEGAN + 1000 });
		for (const rows of [[old], [young, old], [young, old]]) {
			api().get('/v1/jobs').query(true).reply(200, { data: rows });
			const node = new ScripeTrigger();
			const items = await pollNode({
				node,
				credentials,
				staticData,
				credentialId: 'c',
				parameters: {},
			});
			looks.push(items?.map(({ json }) => json.id) ?? null);
		}

		expect(looks).toEqual([null, ['2'], null]);
	});

	it('names a source whose id came as a number', async () => {
		api()
			.post('/v1/sources')
			.reply(200, { data: { ...WIRE_SOURCE, id: 7 } });

		expect(await jsonOf(run('source', 'create', asText))).toMatchObject({ sourceId: '7' });
	});

	it.each([null, undefined, '', [], {}])(
		'that names nothing, but %j, says how to find it',
		async (id) => {
			api()
				.post('/v1/sources')
				.reply(200, { data: { ...WIRE_SOURCE, id } });

			const options = { idempotencyKey: 'none' };
			const error = await errorOf(run('source', 'create', { ...asText, options }));

			expect(error.message).toContain('a reply without data');
		},
	);
});
