import { errorOf, waits } from '../harness';
import { api, chosen, COMPLETED, ID, run, SIMPLIFIED } from './support';

const look = (status: string) => api().get(`/v1/transcribe/${ID}`).reply(200, { id: ID, status });

describe('waiting for a transcription', () => {
	it('looks until it is completed', async () => {
		['created', 'pending', 'downloading', 'processing'].forEach(look);
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		expect(await run('transcription', 'wait', chosen(ID))).toEqual([
			{ json: SIMPLIFIED, pairedItem: { item: 0 } },
		]);
		expect(waits).toEqual([5000, 5000, 5000, 5000]);
	});

	it('gives Scriptivox’s own reply without Simplify', async () => {
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		const output = await run('transcription', 'wait', { ...chosen(ID), simplify: false });

		expect(output[0]!.json).toEqual(COMPLETED);
	});

	it('goes on waiting at a status that nobody knows yet', async () => {
		look('transmogrifying');
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		expect(await run('transcription', 'wait', chosen(ID))).toHaveLength(1);
	});

	it('outlasts a look that fails', async () => {
		look('processing');
		api().get(`/v1/transcribe/${ID}`).reply(502, 'Bad gateway');
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		expect(await run('transcription', 'wait', chosen(ID))).toHaveLength(1);
	});

	it('looks in the user’s cadence', async () => {
		look('processing');
		api().get(`/v1/transcribe/${ID}`).reply(200, COMPLETED);

		const options = { pollIntervalSeconds: 12 };
		await run('transcription', 'wait', { ...chosen(ID), options });

		expect(waits).toEqual([12_000]);
	});

	it('gives up at the time limit with the way to get on', async () => {
		api().get(`/v1/transcribe/${ID}`).times(4).reply(200, { id: ID, status: 'pending' });

		const options = { timeoutMinutes: 0.25 };
		const error = await errorOf(run('transcription', 'wait', { ...chosen(ID), options }));

		expect(error.message).toBe(
			`Scriptivox has not finished within 0.25 minutes: job ${ID} is queued [item 0]`,
		);
		expect(error.description).toContain('nothing is lost');
	});

	it('ends when the user stops the execution', async () => {
		const stop = new AbortController();
		api()
			.get(`/v1/transcribe/${ID}`)
			.reply(() => {
				setImmediate(() => stop.abort(new Error('stopped by the user')));
				return [200, { id: ID, status: 'processing' }];
			});

		await errorOf(run('transcription', 'wait', chosen(ID), { signal: stop.signal }));
	});

	it('does not go on when a reply has no status', async () => {
		api().get(`/v1/transcribe/${ID}`).reply(200, {});

		const error = await errorOf(run('transcription', 'wait', chosen(ID)));

		expect(error.message).toContain('a reply without status');
	});
});
