import { errorOf } from '../harness';
import {
	expectPut,
	expectStatuses,
	IDLE,
	jsonOf,
	PATH,
	RECORDING,
	run,
	SIMPLY_IDLE,
} from './support';

const stop = async (options = {}) => await run('recording', 'stop', { options });
const ENDED = { changed: true, ...SIMPLY_IDLE, durationSeconds: 754, path: PATH };

describe('stopping a recording', () => {
	it('asks at the documented path and tells how long the recording was and where it is', async () => {
		expectStatuses(RECORDING);
		expectPut('status', { action: 'stop' }).reply(200, { anything: true });
		expectStatuses(IDLE);

		expect(await jsonOf(stop())).toEqual(ENDED);
	});

	it.each([404, 405])('asks at the newer path where the other answers %i', async (status) => {
		expectStatuses(RECORDING);
		expectPut('status', { action: 'stop' }).reply(status);
		expectPut('recording', { action: 'stop' }).reply(204);
		expectStatuses(IDLE);

		expect(await jsonOf(stop())).toEqual(ENDED);
	});

	it('changes nothing where the appliance has stopped already', async () => {
		expectStatuses(IDLE);

		expect(await jsonOf(stop())).toEqual({
			changed: false,
			...SIMPLY_IDLE,
			durationSeconds: null,
			path: null,
		});
	});

	it('changes nothing where somebody else was faster', async () => {
		expectStatuses(RECORDING);
		expectPut('status', { action: 'stop' }).reply(400);
		expectStatuses(IDLE);

		expect(await jsonOf(stop())).toEqual({ ...ENDED, changed: false });
	});

	it('fails where it has stopped already and the user wants that to fail', async () => {
		expectStatuses(IDLE);

		const error = await errorOf(stop({ failIfUnchanged: true }));

		expect(error.message).toBe('MediaScribe is not recording [item 0]');
	});

	it('fails where the appliance refuses and goes on', async () => {
		expectStatuses(RECORDING);
		expectPut('status', { action: 'stop' }).reply(400, { message: 'Bad request' });
		expectStatuses(...Array.from({ length: 31 }, () => RECORDING));

		const error = await errorOf(stop());

		expect(error.message).toContain('refused the request to stop recording: Bad request');
	});

	it('waits until the appliance shows that it stopped', async () => {
		expectStatuses(RECORDING);
		expectPut('status', { action: 'stop' }).reply(200, {});
		expectStatuses(RECORDING, IDLE);

		expect(await jsonOf(stop())).toEqual(ENDED);
	});

	it('fails where the appliance accepts the stop and goes on recording', async () => {
		expectStatuses(RECORDING);
		expectPut('status', { action: 'stop' }).reply(200, {});
		expectStatuses(...Array.from({ length: 31 }, () => RECORDING));

		await expect(stop()).rejects.toThrow('is still recording after 30 seconds');
	});
});
