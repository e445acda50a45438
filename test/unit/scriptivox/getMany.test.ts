import { errorOf } from '../harness';
import { api, ID, run } from './support';

const entries = (from: number, count: number) =>
	Array.from({ length: count }, (_, i) => ({ id: `job${from + i}`, status: 'completed' }));

const page = (items: unknown[], next_cursor: string | null = null) => ({
	items,
	has_more: next_cursor !== null,
	next_cursor,
});

const idsOf = async (output: ReturnType<typeof run>) => (await output).map(({ json }) => json.id);

describe('getting many transcriptions', () => {
	it('asks for no more than it gives', async () => {
		api()
			.get('/v1/transcriptions')
			.query({ limit: 50 })
			.reply(200, page(entries(0, 3)));

		const output = await run('transcription', 'getMany');

		expect(output.map(({ json }) => json.id)).toEqual(['job0', 'job1', 'job2']);
		expect(output.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(
			true,
		);
		expect(output[0]!.json).toMatchObject({ provider: 'scriptivox', text: null, segments: [] });
	});

	it('gives Scriptivox’s own entries without Simplify', async () => {
		const entry = { id: ID, status: 'failed', cost_cents: 0.5 };
		api()
			.get('/v1/transcriptions')
			.query({ limit: 1 })
			.reply(200, page([entry]));

		const output = await run('transcription', 'getMany', { limit: 1, simplify: false });

		expect(output[0]!.json).toEqual(entry);
	});

	it('goes from page to page until the limit', async () => {
		api()
			.get('/v1/transcriptions')
			.query({ limit: 200 })
			.reply(200, page(entries(0, 200), 'c1'));
		api()
			.get('/v1/transcriptions')
			.query({ limit: 200, cursor: 'c1' })
			.reply(200, page(entries(200, 200), 'c2'));

		const ids = await idsOf(run('transcription', 'getMany', { limit: 250 }));

		expect(ids).toHaveLength(250);
		expect(ids.at(-1)).toBe('job249');
	});

	it('goes to the end with Return All', async () => {
		api()
			.get('/v1/transcriptions')
			.query({ limit: 200 })
			.reply(200, page(entries(0, 200), 'c 1'));
		api()
			.get('/v1/transcriptions')
			.query({ limit: 200, cursor: 'c 1' })
			.reply(200, page(entries(200, 1)));

		const ids = await idsOf(run('transcription', 'getMany', { returnAll: true }));

		expect(ids).toHaveLength(201);
	});

	it('keeps the filters on every page', async () => {
		const wire = {
			status: 'failed',
			order: 'asc',
			from: '2026-11-01T00:00:00.000Z',
			to: '2026-11-22T10:00:00.000Z',
			limit: 200,
		};
		api()
			.get('/v1/transcriptions')
			.query(wire)
			.reply(200, page(entries(0, 1), 'c1'));
		api()
			.get('/v1/transcriptions')
			.query({ ...wire, cursor: 'c1' })
			.reply(200, page(entries(1, 1)));

		const filters = {
			status: 'failed',
			order: 'asc',
			from: '2026-11-01T00:00:00Z',
			to: '2026-11-22T12:00:00+02:00',
		};
		const ids = await idsOf(run('transcription', 'getMany', { returnAll: true, filters }));

		expect(ids).toEqual(['job0', 'job1']);
	});

	it('gives nothing of an empty account', async () => {
		api().get('/v1/transcriptions').query(true).reply(200, page([]));

		expect(await run('transcription', 'getMany')).toEqual([]);
	});

	it.each([
		[{ limit: 0 }, 'Limit must be a whole number above 0 [item 0]'],
		[{ filters: { from: 'yesterday-ish' } }, 'From is not a date and time [item 0]'],
		[{ filters: { to: 'x' } }, 'To is not a date and time [item 0]'],
	])('refuses %j before any request', async (parameters, message) => {
		const error = await errorOf(run('transcription', 'getMany', parameters));

		expect(error.message).toBe(message);
	});

	it('says so when the reply holds no list', async () => {
		api().get('/v1/transcriptions').query(true).reply(200, { data: [] });

		const error = await errorOf(run('transcription', 'getMany'));

		expect(error.message).toContain('a reply without items');
	});
});
