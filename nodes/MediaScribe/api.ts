import type { IDataObject } from 'n8n-workflow';

import { httpStatusOf } from '../shared/core/errors';
import type { RequestContext } from '../shared/core/provider';
import { clientOf } from '../shared/http/client';
import { JSON_HEADERS } from '../shared/http/apiCall';
import { frozen } from '../shared/core/frozen';
import type { ApiCall, Endpoint } from '../shared/http/apiCall';
import { settled } from '../shared/core/settled';
import { mediaScribe } from './provider';

const api = clientOf(mediaScribe);

// the vendor documents no limits; its own Companion module reads the status once a second
const ENDPOINTS = frozen({
	getStatus: { name: 'read the status', requestsPerMinute: 60 },
	start: { name: 'start recording', requestsPerMinute: 60 },
	stop: { name: 'stop recording', requestsPerMinute: 60 },
	activatePreset: { name: 'activate a preset', requestsPerMinute: 60 },
} satisfies Record<string, Endpoint>);

/** An appliance on the same network answers at once, or is away. */
const REPLY_SECONDS = 30;
const POLL_REPLY_SECONDS = 10;
const POLL_RETRIES = 2;

/** What starts and stops. */
export type RecordingAction = 'start' | 'stop';

/** Where starting and stopping is asked for. */
export type ControlPath = 'status' | 'recording';

const CONTROL_PATHS: Record<ControlPath, string> = {
	/** The vendor's article on starting and stopping with the API. */
	status: '/api/control/status',
	/** The vendor's Companion module, which looks newer. */
	recording: '/api/control/recording',
};

/** The appliance's status as it writes it. */
export type WireStatus = IDataObject;

const READ_STATUS: ApiCall = frozen<ApiCall>({
	endpoint: ENDPOINTS.getStatus,
	method: 'GET',
	path: '/api/control/status',
	expects: 'json',
	needs: ['presets'],
	replySeconds: REPLY_SECONDS,
});

/** Reads what the appliance does, with its presets. */
export async function getStatus(context: RequestContext, itemIndex?: number): Promise<WireStatus> {
	return await api.body<WireStatus>(context, itemIndex, READ_STATUS);
}

/** Reads the status for a trigger, which must be done before it looks again. */
export async function pollStatus(context: RequestContext): Promise<WireStatus> {
	return await api.body<WireStatus>(context, undefined, {
		...READ_STATUS,
		replySeconds: POLL_REPLY_SECONDS,
		maxRetries: POLL_RETRIES,
	});
}

/**
 * Asks the appliance to start or stop recording, once: what a second request does is not documented
 * for both paths.
 *
 * @param controlPath `status` for the documented one, with the newer one where that is missing
 * @throws NodeApiError with HTTP status 409 where it records already, 400 where it does not
 */
export async function sendAction(
	context: RequestContext,
	itemIndex: number,
	action: RecordingAction,
	controlPath: ControlPath,
): Promise<void> {
	const sent = await settled(sendActionTo(context, itemIndex, action, controlPath));
	if ('value' in sent) return;
	if (controlPath !== 'status' || !isMissing(sent.failure)) throw sent.failure;
	await sendActionTo(context, itemIndex, action, 'recording');
}

function isMissing(failure: unknown): boolean {
	return [404, 405].includes(httpStatusOf(failure) ?? 0);
}

async function sendActionTo(
	context: RequestContext,
	itemIndex: number,
	action: RecordingAction,
	controlPath: ControlPath,
): Promise<void> {
	await api.done(context, itemIndex, {
		endpoint: ENDPOINTS[action],
		method: 'PUT',
		path: CONTROL_PATHS[controlPath],
		headers: JSON_HEADERS,
		body: { action },
		resendable: false,
		lookup: 'Look with Recording: Get Status whether it is recording',
		replySeconds: REPLY_SECONDS,
	});
}

/**
 * Makes a preset the active one; doing so twice changes nothing.
 *
 * @throws NodeApiError with HTTP status 409 while the appliance records
 */
export async function activatePreset(
	context: RequestContext,
	itemIndex: number,
	presetId: string,
): Promise<void> {
	await api.done(context, itemIndex, {
		endpoint: ENDPOINTS.activatePreset,
		method: 'PUT',
		path: '/api/control/preset',
		headers: JSON_HEADERS,
		body: { presetId },
		resendable: true,
		replySeconds: REPLY_SECONDS,
	});
}
