import type { INodeParameters } from 'n8n-workflow';

import { MediaScribe } from '../../../nodes/MediaScribe/MediaScribe.node';
import { errorOf, parametersOf, waits } from '../harness';
import {
	appliance,
	chosen,
	COUNCIL,
	expectPut,
	expectStatuses,
	IDLE,
	jsonOf,
	PRESS,
	RECORDING,
	run,
	SIMPLY_RECORDING,
} from './support';

const start = async (parameters: INodeParameters = {}) =>
	await run('recording', 'start', parameters);
const NO_RETRIES = { options: { maxRetries: 0 } };

describe('starting a recording', () => {
	it('asks at the documented path and gives what the appliance does then', async () => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).reply(200, {});
		expectStatuses(RECORDING);

		expect(await jsonOf(start())).toEqual({ changed: true, ...SIMPLY_RECORDING });
	});

	it.each([404, 405])('asks at the newer path where the other answers %i', async (status) => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).reply(status);
		expectPut('recording', { action: 'start' }).reply(204);
		expectStatuses(RECORDING);

		expect(await jsonOf(start())).toMatchObject({ changed: true, state: 'recording' });
	});

	it('asks at the newer path alone when told to', async () => {
		expectStatuses(IDLE);
		expectPut('recording', { action: 'start' }).reply(204);
		expectStatuses(RECORDING);

		await start({ options: { controlPath: 'recording' } });
	});

	it('does not fall back from the newer path', async () => {
		expectStatuses(IDLE);
		expectPut('recording', { action: 'start' }).reply(404);

		const error = await errorOf(start({ options: { controlPath: 'recording' } }));

		expect(error.message).toContain('MediaScribe refused the request to start recording: HTTP 404');
		// the status came from the same Base URL: it is the path that the appliance lacks
		expect(error.description).toContain('Base URL');
		expect(error.description).toContain('Control Path in the options of Start and Stop');
	});

	it('changes nothing where the appliance is recording already', async () => {
		expectStatuses(RECORDING);

		expect(await jsonOf(start())).toEqual({ changed: false, ...SIMPLY_RECORDING });
	});

	it('changes nothing where somebody else was faster', async () => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).reply(409);
		expectStatuses(RECORDING);

		expect(await jsonOf(start())).toEqual({ changed: false, ...SIMPLY_RECORDING });
	});

	it.each([
		['is recording already', () => expectStatuses(RECORDING)],
		[
			'was started by somebody else meanwhile',
			() => {
				expectStatuses(IDLE);
				expectPut('status', { action: 'start' }).reply(409);
				expectStatuses(RECORDING);
			},
		],
	])('fails where it %s and the user wants that to fail', async (_what, expectRequests) => {
		expectRequests();

		const error = await errorOf(start({ options: { failIfUnchanged: true } }));

		expect(error.message).toBe('MediaScribe is recording already [item 0]');
		expect(error.description).toContain('Fail If Unchanged');
	});

	it('waits until the appliance shows that it records', async () => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).reply(200, {});
		expectStatuses(IDLE, IDLE, RECORDING);

		expect(await jsonOf(start())).toMatchObject({ changed: true, state: 'recording' });
		expect(waits).toEqual([1000, 1000]);
	});

	it('fails where the appliance accepts the start and never records', async () => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).reply(200, {});
		expectStatuses(...Array.from({ length: 31 }, () => IDLE));

		const error = await errorOf(start());

		expect(error.message).toContain('accepted the request to start, but is not recording');
	});

	it('is a success where its reply got lost and the appliance records', async () => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).replyWithError(
			Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
		);
		expectStatuses(RECORDING);

		expect(await jsonOf(start())).toMatchObject({ changed: true, state: 'recording' });
	});

	it.each([
		['got lost', null],
		['is a server error', 503],
	])(
		'is asked for once and fails where its reply %s and nothing changes',
		async (_what, status) => {
			expectStatuses(IDLE);
			const put = expectPut('status', { action: 'start' });
			if (status === null)
				put.replyWithError(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
			else put.reply(status);
			expectStatuses(...Array.from({ length: 31 }, () => IDLE));

			const error = await errorOf(start());

			expect(error.message).toMatch(/did not answer|could not serve/);
			expect(error.description).toContain('Get Status');
		},
	);

	it('fails where a web page answers in the place of the appliance', async () => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).reply(200, '<!DOCTYPE html><html></html>', {
			'content-type': 'text/html',
		});
		expectStatuses(...Array.from({ length: 31 }, () => IDLE));

		const error = await errorOf(start());

		expect(error.message).toContain('MediaScribe sent a web page');
	});

	it('explains a 409 of an appliance that does not record', async () => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).reply(409);
		expectStatuses(...Array.from({ length: 31 }, () => IDLE));

		const error = await errorOf(start());

		expect(error.context).toMatchObject({ httpStatus: 409 });
		expect(error.description).toContain('Stop it first');
	});

	it.each([401, 403, 400, 422])('fails at once where the appliance answers %i', async (status) => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).reply(status, { message: 'No' });

		const error = await errorOf(start());

		expect(error.message).toContain('MediaScribe refused the request to start recording: No');
		expect(waits).toEqual([]);
	});
});

describe('starting with a preset', () => {
	it('activates it before', async () => {
		expectStatuses(IDLE);
		expectPut('preset', { presetId: PRESS }).reply(204);
		expectPut('status', { action: 'start' }).reply(200, {});
		expectStatuses({ ...RECORDING, activePresetId: PRESS });

		expect(await jsonOf(start(chosen(PRESS)))).toMatchObject({
			changed: true,
			activePresetId: PRESS,
			activePresetName: 'Press Room',
		});
	});

	it('leaves the one alone that is active already', async () => {
		expectStatuses(IDLE);
		expectPut('status', { action: 'start' }).reply(200, {});
		expectStatuses(RECORDING);

		await start(chosen(COUNCIL.toUpperCase()));
	});

	it('starts nothing where it cannot be activated', async () => {
		expectStatuses(IDLE);
		expectPut('preset', { presetId: PRESS }).reply(409);

		const error = await errorOf(start(chosen(PRESS)));

		expect(error.message).toContain('refused the request to activate a preset');
	});

	it('starts nothing with one that the appliance does not have', async () => {
		expectStatuses(IDLE);
		const unknown = '6f1c2a90-3b5d-4e7f-8a11-00000000ffff';

		const error = await errorOf(start(chosen(unknown)));

		expect(error.message).toContain(`no preset with the ID ${unknown}`);
		expect(error.description).toContain(`Council Chamber (${COUNCIL}), Press Room (${PRESS})`);
	});

	it('sends nothing where its id is none', async () => {
		await expect(start(chosen('Press Room'))).rejects.toThrow('Preset is not a MediaScribe ID');
	});
});

describe('the options of starting', () => {
	it.each([
		['start', 'the appliance is recording already'],
		['stop', 'the appliance has stopped already'],
	])('say when there is nothing to do, as those of stopping do: %s', (operation, state) => {
		const { properties } = new MediaScribe().description;
		const ofOperation = properties.filter(({ displayOptions }) =>
			displayOptions?.show?.operation?.includes(operation),
		);
		const all = new Map(parametersOf(ofOperation));

		expect(all.get('options.failIfUnchanged')).toMatchObject({
			description: `Whether the item fails when ${state}. Otherwise the output says so with "changed": false.`,
		});
	});

	it.each([
		[{ controlPath: 'presets' }, 'There is no control path "presets"'],
		[{ failIfUnchanged: 'perhaps' }, 'Fail If Unchanged must be true or false'],
		[{ maxRetries: -1 }, 'Max Retries'],
	])('are checked before any request: %j', async (options, message) => {
		await expect(start({ options })).rejects.toThrow(message);
	});

	it('do not make an appliance be tried again when retries are off', async () => {
		appliance().get('/api/control/status').reply(500);

		await expect(start(NO_RETRIES)).rejects.toThrow('could not serve the request');
	});
});
