import { errorOf } from '../harness';
import { api, chosen, ID, run } from './support';

describe('deleting a transcription', () => {
	it('takes the empty reply for done', async () => {
		api().delete(`/v1/transcribe/${ID}`).reply(204);

		expect(await run('transcription', 'delete', chosen(ID))).toEqual([
			{ json: { deleted: true }, pairedItem: { item: 0 } },
		]);
	});

	it('is tried again after a lost connection, because doing it twice changes nothing', async () => {
		api()
			.delete(`/v1/transcribe/${ID}`)
			.replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
		api().delete(`/v1/transcribe/${ID}`).reply(204);

		await run('transcription', 'delete', chosen(ID));
	});

	it('says that the job has not ended', async () => {
		api()
			.delete(`/v1/transcribe/${ID}`)
			.reply(409, { error: { code: 'CONFLICT', message: 'In flight' } });

		const error = await errorOf(run('transcription', 'delete', chosen(ID)));

		expect(error.description).toContain('delete it only after it ended');
	});

	it('refuses an empty id before any request', async () => {
		await expect(run('transcription', 'delete', chosen(''))).rejects.toThrow('is empty');
	});
});
