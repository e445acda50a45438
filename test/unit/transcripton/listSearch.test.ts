import { Transcripton } from '../../../nodes/Transcripton/Transcripton.node';
import { errorOf, listSearch } from '../harness';
import { api, credentials, envelope, expectNoSecretIn, ID } from './support';

const search = async (paginationToken?: string) =>
	await listSearch({
		node: new Transcripton(),
		credentials,
		method: 'searchJobs',
		paginationToken,
	});
const page = (number: number, jobs: object[]) =>
	api()
		.get('/api/v1/jobs')
		.query({ page: number, limit: 20 })
		.reply(200, { jobs, total: 22, page: number, limit: 20 });

describe('the list of jobs to choose from', () => {
	it('tells the jobs apart by when, how and how long', async () => {
		page(1, [
			{ id: ID, status: 'done', created_at: '2026-11-22T11:58:31Z', duration_sec: 61.5 },
			{ id: 'bare' },
		]);

		expect(await search()).toEqual({
			results: [
				{ name: '2026-11-22 11:58 · 1:02 · done', value: ID },
				{ name: 'bare', value: 'bare' },
			],
			paginationToken: '2',
		});
	});

	it('goes on where the page before ended', async () => {
		page(2, [{ id: ID }]);

		expect(await search('2')).toEqual({
			results: [{ name: ID, value: ID }],
			paginationToken: undefined,
		});
	});

	it('shows the editor why it is empty, without the key', async () => {
		api().get('/api/v1/jobs').query(true).reply(401, envelope('invalid_api_key'));

		const error = await errorOf(search());

		expect(error.message).toContain('invalid_api_key');
		expectNoSecretIn(error);
	});
});
