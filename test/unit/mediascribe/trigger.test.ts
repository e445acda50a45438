import nock from 'nock';
import type { IDataObject } from 'n8n-workflow';

import { MediaScribeTrigger } from '../../../nodes/MediaScribe/MediaScribeTrigger.node';
import { errorOf, pollNode, START, waits } from '../harness';
import type { Poll } from '../harness';
import {
	appliance,
	credentials,
	expectStatuses,
	IDLE,
	PATH,
	RECORDING,
	SIMPLY_IDLE,
	SIMPLY_RECORDING,
	TOKEN,
} from './support';

const ALL = [
	'recordingStarted',
	'recordingStopped',
	'signalLost',
	'signalRestored',
	'unreachable',
	'reachable',
];
const NO_SIGNAL = { ...IDLE, hasNoSignal: true };
const detectedAt = START.toISOString();

/** Looks once; what the trigger remembers is in `staticData`. */
async function poll(staticData: IDataObject, more: Partial<Poll> = {}) {
	const items = await pollNode({
		node: new MediaScribeTrigger(),
		credentials,
		parameters: { events: ALL },
		staticData,
		...more,
	});
	return items?.map(({ json }) => json) ?? null;
}

/** Looks once at each of these statuses; gives the events of each look. */
async function eventsOver(...statuses: object[]) {
	const staticData = {};
	const looks: unknown[] = [];
	for (const status of statuses) {
		expectStatuses(status);
		looks.push((await poll(staticData))?.map(({ event }) => event) ?? null);
	}
	return looks;
}

function expectOutage(): void {
	appliance().get('/api/control/status').times(3).reply(503);
}

describe('the trigger', () => {
	it('only takes note at its first look', async () => {
		expect(await eventsOver(RECORDING)).toEqual([null]);
		expect(await eventsOver(NO_SIGNAL)).toEqual([null]);
	});

	it('tells once that a recording started', async () => {
		const staticData = {};
		expectStatuses(IDLE, RECORDING, RECORDING);

		await poll(staticData);

		expect(await poll(staticData)).toEqual([
			{ event: 'recordingStarted', detectedAt, ...SIMPLY_RECORDING },
		]);
		expect(await poll(staticData)).toBeNull();
	});

	it('tells once that a recording stopped, how long it was and where it is', async () => {
		const staticData = {};
		expectStatuses(RECORDING, IDLE, IDLE);

		await poll(staticData);

		expect(await poll(staticData)).toEqual([
			{
				event: 'recordingStopped',
				detectedAt,
				...SIMPLY_IDLE,
				path: PATH,
				durationSeconds: 754,
			},
		]);
		expect(await poll(staticData)).toBeNull();
	});

	it('gives the duration as it was seen last', async () => {
		const staticData = {};
		const later = { ...RECORDING, recording: { position: 814, path: PATH } };
		expectStatuses(RECORDING, later, IDLE);

		await poll(staticData);
		await poll(staticData);

		expect(await poll(staticData)).toMatchObject([{ durationSeconds: 814 }]);
	});

	it.each([
		['another path', { position: 900, path: 'C:\\Recordings\\next.mp4' }],
		['a position that went back, without a path', { position: 3, path: null }],
	])('sees by %s that one recording followed another', async (_what, recording) => {
		const staticData = {};
		expectStatuses(RECORDING, { ...RECORDING, recording });

		await poll(staticData);

		expect(await poll(staticData)).toMatchObject([
			{ event: 'recordingStopped', path: PATH, durationSeconds: 754 },
			{ event: 'recordingStarted', path: recording.path },
		]);
	});

	it.each([{}, { position: null, path: null }])(
		'takes a recording of which %j is said for the same',
		async (recording) => {
			const said = { ...IDLE, recording };

			expect(await eventsOver(said, said, RECORDING, said)).toEqual([null, null, null, null]);
		},
	);

	it('tells once that the signal was lost, and once that it is back', async () => {
		expect(await eventsOver(IDLE, NO_SIGNAL, NO_SIGNAL, IDLE, IDLE)).toEqual([
			null,
			['signalLost'],
			null,
			['signalRestored'],
			null,
		]);
	});

	it('takes the signal to be as it was where the appliance does not say', async () => {
		const silent = { ...IDLE, hasNoSignal: null };

		expect(await eventsOver(silent, NO_SIGNAL, silent, NO_SIGNAL, IDLE)).toEqual([
			null,
			null,
			null,
			null,
			['signalRestored'],
		]);
	});

	it('starts the workflow for chosen events only, and still takes note of the others', async () => {
		const staticData = {};
		const parameters = { events: ['recordingStopped'] };
		expectStatuses(IDLE, RECORDING, IDLE);

		expect(await poll(staticData, { parameters })).toBeNull();
		expect(await poll(staticData, { parameters })).toBeNull();
		expect(await poll(staticData, { parameters })).toMatchObject([{ durationSeconds: 754 }]);
	});

	it('goes on after a restart of n8n with what was stored', async () => {
		const staticData: IDataObject = {};
		expectStatuses(RECORDING, IDLE);
		await poll(staticData);

		const stored = JSON.parse(JSON.stringify(staticData)) as IDataObject;

		expect(await poll(stored)).toMatchObject([{ event: 'recordingStopped' }]);
	});

	it('begins anew with another appliance', async () => {
		const staticData = {};
		const other = { mediaScribeApi: { baseUrl: 'http://192.168.1.21:8080', apiToken: TOKEN } };
		expectStatuses(RECORDING);
		nock('http://192.168.1.21:8080').get('/api/control/status').reply(200, IDLE);

		await poll(staticData);

		expect(await poll(staticData, { credentials: other })).toBeNull();
	});

	it('remembers no more than the last look', async () => {
		const staticData: IDataObject = {};
		for (let look = 0; look < 20; look++) {
			const recording = { position: look, path: `C:\\${look}.mp4` };
			expectStatuses(look % 2 ? IDLE : { ...IDLE, recording });
			await poll(staticData);
		}

		expect(JSON.stringify(staticData).length).toBeLessThan(300);
		expect(JSON.stringify(staticData)).not.toContain(TOKEN);
	});
});

describe('an appliance that is away', () => {
	it('is told once, with the reason, and once when it is back', async () => {
		const staticData = {};
		expectStatuses(IDLE);
		await poll(staticData);
		expectOutage();
		const outage = await poll(staticData);
		expectOutage();
		const stillAway = await poll(staticData);
		expectStatuses(IDLE, IDLE);

		expect(outage).toEqual([
			{
				event: 'unreachable',
				error: { code: null, message: expect.stringContaining('HTTP 503') },
				detectedAt: expect.any(String),
				provider: 'mediaScribe',
				reason: 'MediaScribe could not serve the request to read the status: HTTP 503',
				// the trigger looks again by itself: there is no node to run
				advice: 'Nothing was lost. Wait a little, then try again.',
				code: null,
			},
		]);
		expect(stillAway).toBeNull();
		expect(await poll(staticData)).toMatchObject([{ event: 'reachable', state: 'ready' }]);
		expect(await poll(staticData)).toBeNull();
	});

	it('is told with what happened meanwhile once it is back', async () => {
		const staticData = {};
		expectStatuses(RECORDING);
		await poll(staticData);
		expectOutage();
		await poll(staticData);
		expectStatuses(NO_SIGNAL);

		expect((await poll(staticData))?.map(({ event }) => event)).toEqual([
			'reachable',
			'recordingStopped',
			'signalLost',
		]);
	});

	it('goes on with the same recording once it is back', async () => {
		const staticData = {};
		expectStatuses(RECORDING);
		await poll(staticData);
		expectOutage();
		await poll(staticData);
		expectStatuses(RECORDING);

		expect((await poll(staticData))?.map(({ event }) => event)).toEqual(['reachable']);
	});

	it.each([
		['a lost connection', null, 'ECONNRESET', 'did not answer'],
		['a refused connection', null, 'ECONNREFUSED', 'the connection was refused'],
		['a bad certificate', null, 'CERT_HAS_EXPIRED', 'its certificate is not trusted'],
		['a web page', '<!doctype html>', null, 'sent a web page'],
		['another service', { ok: true }, null, 'sent a reply without presets'],
		['nothing', '', null, 'sent an empty reply'],
	])('is what %s means', async (_what, body, code, reason) => {
		const staticData = {};
		expectStatuses(IDLE);
		await poll(staticData);
		const status = appliance().get('/api/control/status');
		if (code === null) status.reply(200, body);
		else {
			const failure = Object.assign(new Error('no'), { code });
			const tries = code === 'CERT_HAS_EXPIRED' ? 1 : 3;
			status.times(tries).replyWithError(failure);
		}

		const events = await poll(staticData);

		expect(events).toMatchObject([
			{ event: 'unreachable', code, reason: expect.stringContaining(reason) },
		]);
	});

	it('is not told for a passing trouble', async () => {
		const staticData = {};
		expectStatuses(IDLE);
		await poll(staticData);
		appliance().get('/api/control/status').reply(502);
		expectStatuses(IDLE);

		expect(await poll(staticData)).toBeNull();
		expect(waits).toHaveLength(1);
	});

	it('keeps the workflow from being activated, with the reason', async () => {
		expectOutage();

		await expect(poll({})).rejects.toThrow('could not serve the request to read the status');
	});
});

describe('an appliance that refuses', () => {
	it.each([401, 403, 404])('is an error each time it answers %i, and no event', async (status) => {
		const staticData = {};
		expectStatuses(IDLE);
		await poll(staticData);
		appliance().get('/api/control/status').reply(status);

		const error = await errorOf(poll(staticData));

		expect(error.message).toContain(`HTTP ${status}`);
		expect(error.description).toMatch(/API token|Base URL/);
	});
});

describe('a test in the editor', () => {
	it.each([
		['recordingStarted', RECORDING, SIMPLY_RECORDING],
		['recordingStopped', IDLE, SIMPLY_IDLE],
		['signalLost', NO_SIGNAL, { ...SIMPLY_IDLE, state: 'noSignal', hasNoSignal: true }],
	])('shows what the appliance does as a sample of %s', async (event, status, simple) => {
		const staticData = {};
		expectStatuses(status);

		const sample = await poll(staticData, { mode: 'manual' });

		expect(sample).toEqual([{ event, detectedAt, ...simple }]);
		expect(staticData).toEqual({});
	});

	it('shows why there is no sample', async () => {
		expectOutage();

		await expect(poll({}, { mode: 'manual' })).rejects.toThrow('could not serve');
	});
});
