import nock from 'nock';

import { errorOf } from '../harness';
import { api, chosen, ID, jsonOf, run } from './support';

describe('cancelling a transcription', () => {
	const cancelled = {
		id: ID,
		status: 'failed',
		error: { code: 'CANCELLED', message: 'Cancelled by the user' },
		released_cents: 12.5,
	};

	it('sends no body and gives what was released', async () => {
		nock('https://api.scriptivox.com', { badheaders: ['content-type'] })
			.post(`/v1/transcribe/${ID}/cancel`, '')
			.reply(200, cancelled);

		expect(await jsonOf(run('transcription', 'cancel', chosen(ID)))).toEqual(cancelled);
	});

	it('is tried again after trouble, because doing it twice changes nothing', async () => {
		api().post(`/v1/transcribe/${ID}/cancel`).reply(500);
		api().post(`/v1/transcribe/${ID}/cancel`).reply(200, cancelled);

		await run('transcription', 'cancel', chosen(ID));
	});

	it('says that the job has ended already', async () => {
		api()
			.post(`/v1/transcribe/${ID}/cancel`)
			.reply(409, { error: { code: 'CONFLICT', message: 'Already completed' } });

		const error = await errorOf(run('transcription', 'cancel', chosen(ID)));

		expect(error.message).toContain('Already completed (CONFLICT)');
		expect(error.description).toContain('cancel it only while it runs');
	});

	it('refuses an empty id before any request', async () => {
		await expect(run('transcription', 'cancel', chosen(''))).rejects.toThrow('is empty');
	});
});
