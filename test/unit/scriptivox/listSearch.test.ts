import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';
import { errorOf, everythingSaidBy, listSearch } from '../harness';
import { api, credentials, ID, KEY } from './support';

const search = async (paginationToken?: string) =>
	await listSearch({
		node: new Scriptivox(),
		credentials,
		method: 'searchTranscriptions',
		paginationToken,
	});

describe('the list of transcriptions to choose from', () => {
	it('tells the entries apart by when, how long, in what language and how they stand', async () => {
		api()
			.get('/v1/transcriptions')
			.query({ limit: 50 })
			.reply(200, {
				items: [
					{
						id: ID,
						status: 'completed',
						created_at: '2026-11-22T11:58:31Z',
						audio_duration_seconds: 61.5,
						language: 'de',
					},
					{ id: 'bare' },
				],
				has_more: true,
				next_cursor: 'c1',
			});

		expect(await search()).toEqual({
			results: [
				{ name: '2026-11-22 11:58 · 1:02 · de · completed', value: ID },
				{ name: 'bare', value: 'bare' },
			],
			paginationToken: 'c1',
		});
	});

	it('goes on where the page before ended', async () => {
		api()
			.get('/v1/transcriptions')
			.query({ limit: 50, cursor: 'c1' })
			.reply(200, { items: [], has_more: false, next_cursor: null });

		expect(await search('c1')).toEqual({ results: [], paginationToken: undefined });
	});

	it('shows the editor why it is empty, without the key', async () => {
		api()
			.get('/v1/transcriptions')
			.query(true)
			.reply(401, { error: { code: 'INVALID_API_KEY', message: `Key ${KEY} is unknown` } });

		const error = await errorOf(search());

		expect(error.message).toContain('INVALID_API_KEY');
		expect(everythingSaidBy(error)).not.toContain(KEY);
	});
});
