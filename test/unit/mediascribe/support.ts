import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';

import { MediaScribe } from '../../../nodes/MediaScribe/MediaScribe.node';
import { operationsOf } from '../harness';

export { jsonOf } from '../harness';

export const BASE_URL = 'http://192.168.1.20:8080';
export const TOKEN = 'unit-token-0123456789abcdef';
export const COUNCIL = '6f1c2a90-3b5d-4e7f-8a11-000000000001';
export const PRESS = '6f1c2a90-3b5d-4e7f-8a11-000000000002';
export const PATH = 'C:\\Recordings\\meeting.mp4';

export const credentials = { mediaScribeApi: { baseUrl: BASE_URL, apiToken: TOKEN } };

/** The appliance, which every request has to reach with the token. */
export function appliance(): nock.Scope {
	return nock(BASE_URL, { reqheaders: { authorization: `Bearer ${TOKEN}` } });
}

/** A status as the vendor documents it. */
export const IDLE = {
	siteName: 'Town Hall',
	presets: [
		{ id: COUNCIL, name: 'Council Chamber' },
		{ id: PRESS, name: 'Press Room' },
	],
	activePresetId: COUNCIL,
	hasNoSignal: false,
};

export const RECORDING = { ...IDLE, recording: { position: 754, path: PATH } };

/** What a user gets of an idle appliance with Simplify. */
export const SIMPLY_IDLE = {
	provider: 'mediaScribe',
	state: 'ready',
	positionSeconds: null,
	path: null,
	hasNoSignal: false,
	inputError: null,
	siteName: 'Town Hall',
	activePresetId: COUNCIL,
	activePresetName: 'Council Chamber',
};

export const SIMPLY_RECORDING = {
	...SIMPLY_IDLE,
	state: 'recording',
	positionSeconds: 754,
	path: PATH,
};

/** Expects the status to be read, once for each of these, in this order. */
export function expectStatuses(...statuses: object[]): void {
	for (const status of statuses) appliance().get('/api/control/status').reply(200, status);
}

/** Expects a PUT with exactly this JSON body. */
export function expectPut(path: string, body: nock.DataMatcherMap): nock.Interceptor {
	return appliance()
		.matchHeader('content-type', 'application/json')
		.put(`/api/control/${path}`, body);
}

/** Runs an operation of the MediaScribe node. */
export const run = operationsOf(() => new MediaScribe(), credentials);

/** A preset of a resource locator, chosen from the list. */
export const chosen = (value: string): INodeParameters => ({
	presetId: { __rl: true, mode: 'list', value },
});
