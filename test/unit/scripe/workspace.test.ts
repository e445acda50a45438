import { Scripe } from '../../../nodes/Scripe/Scripe.node';
import { errorOf, everythingSaidBy, listSearch } from '../harness';
import {
	api,
	chosen,
	credentials,
	DONE,
	envelope,
	inProject,
	JOB,
	jsonOf,
	KEY,
	page,
	PROJECT,
	run,
	SOURCE,
	wireJob,
} from './support';

const ROW = {
	id: PROJECT,
	name: 'Ada Lovelace',
	type: 'PERSONAL_BRAND',
	status: 'ACTIVE',
	url: 'https://www.linkedin.com/in/ada',
	createdAt: '2026-01-15T09:00:00.000Z',
};

describe('projects', () => {
	it('are listed to the end', async () => {
		api()
			.get('/v1/projects')
			.query({ limit: '200' })
			.reply(200, page([ROW], 'c1'));
		api()
			.get('/v1/projects')
			.query({ limit: '200', cursor: 'c1' })
			.reply(200, page([{ ...ROW, id: 'proj_2' }]));

		const output = await run('project', 'getMany', { returnAll: true });

		expect(output.map(({ json }) => json.id)).toEqual([PROJECT, 'proj_2']);
	});

	it('are read by ID', async () => {
		api().get(`/v1/projects/${PROJECT}`).reply(200, { data: ROW });

		expect(await jsonOf(run('project', 'get', inProject))).toEqual(ROW);
	});
});

describe('notes', () => {
	it('are listed by project, folder and day in the queue', async () => {
		const note = { id: 'note_1', projectId: PROJECT, folderId: 'fld_1', content: 'An idea' };
		api()
			.get('/v1/notes')
			.query({
				projectId: PROJECT,
				folderId: 'fld_1',
				dateFrom: '2026-11-01',
				dateTo: '2026-11-30',
				limit: '50',
			})
			.reply(200, page([note]));
		const filters = { folderId: 'fld_1', dateFrom: '2026-11-01', dateTo: '2026-11-30' };

		const output = await run('note', 'getMany', { ...inProject, filters });

		expect(output.map(({ json }) => json)).toEqual([note]);
	});

	it('need a project', async () => {
		const error = await errorOf(run('note', 'getMany', { projectId: chosen('') }));

		expect(error.message).toBe('Project is empty [item 0]');
	});
});

describe('the workspace', () => {
	it('is read as it is: the one reply without data around it', async () => {
		const reply = {
			workspace: { id: 'org_1', name: 'Ada & Co', plan: 'ADVANCED', features: { apiAccess: true } },
			principal: { type: 'api_key', id: 'key_1', scopes: ['sources:write'] },
		};
		api().get('/v1/workspaces/me').reply(200, reply);

		expect(await jsonOf(run('workspace', 'get'))).toEqual(reply);
	});

	it('is not taken for read without a workspace', async () => {
		api().get('/v1/workspaces/me').reply(200, { data: {} });

		const error = await errorOf(run('workspace', 'get'));

		expect(error.message).toContain('a reply without workspace');
	});
});

describe('the lists to choose from', () => {
	const search = async (method: string, paginationToken?: string) =>
		await listSearch({ node: new Scripe(), credentials, method, paginationToken });

	it('show projects by name', async () => {
		api()
			.get('/v1/projects')
			.query({ limit: '50' })
			.reply(200, page([ROW, { id: 'proj_2', name: null, url: null }], 'c1'));

		expect(await search('searchProjects')).toEqual({
			results: [
				{ name: 'Ada Lovelace', value: PROJECT, url: ROW.url },
				{ name: 'proj_2', value: 'proj_2', url: undefined },
			],
			paginationToken: 'c1',
		});
	});

	it('show jobs by when, what and how, a page at a time', async () => {
		api()
			.get('/v1/jobs')
			.query({ limit: '50', cursor: 'c1' })
			.reply(200, page([wireJob(), { id: 'job_bare' }]));

		expect(await search('searchJobs', 'c1')).toEqual({
			results: [
				{ name: '2026-11-22 11:57 · SOURCE_INGEST_FILE · QUEUED', value: JOB },
				{ name: 'job_bare', value: 'job_bare' },
			],
			paginationToken: undefined,
		});
	});

	it('show sources that were made from files', async () => {
		api()
			.get('/v1/jobs')
			.query({ limit: '50', type: 'SOURCE_INGEST_FILE', status: 'DONE' })
			.reply(200, page([DONE, wireJob({ status: 'DONE', result: {} })]));

		expect(await search('searchSources')).toEqual({
			results: [{ name: `2026-11-22 11:57 · ${SOURCE}`, value: SOURCE }],
			paginationToken: undefined,
		});
	});

	it('show the editor why they are empty, without the key', async () => {
		const refusal = envelope('invalid_token', { message: `Key ${KEY} is unknown` });
		api().get('/v1/projects').query(true).reply(401, refusal);

		const error = await errorOf(search('searchProjects'));

		expect(error.message).toContain('invalid_token');
		expect(everythingSaidBy(error)).not.toContain(KEY);
	});
});
