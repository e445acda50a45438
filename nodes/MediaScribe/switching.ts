import type { IExecuteFunctions } from 'n8n-workflow';

import { httpStatusOf, inputError } from '../shared/core/errors';
import { cancelSignalOf } from '../shared/core/provider';
import { settled } from '../shared/core/settled';
import { sleep } from '../shared/core/sleep';
import { getStatus, sendAction } from './api';
import type { RecordingAction, WireStatus } from './api';
import type { RecordingSettings } from './recordingOptions';
import { recordingOf } from './status';

const SETTLE_SECONDS = 30;
const LOOK_AGAIN_SECONDS = 1;

/** What the appliance answers where there is nothing to do (its Companion module). */
const NOTHING_TO_DO: Record<RecordingAction, number> = { start: 409, stop: 400 };

const THERE_ALREADY: Record<RecordingAction, string> = {
	start: 'MediaScribe is recording already',
	stop: 'MediaScribe is not recording',
};

/** What came of starting or stopping. */
export interface Switched {
	/** Whether this node did it. */
	changed: boolean;
	/** The status after it. */
	status: WireStatus;
}

/** Whether the appliance is where the action would bring it. */
export function isThere(status: WireStatus, action: RecordingAction): boolean {
	return (recordingOf(status) !== null) === (action === 'start');
}

/**
 * What Start or Stop gives where the appliance is in that state already.
 *
 * @throws NodeOperationError where the user wants that to fail
 */
export function unchanged(
	context: IExecuteFunctions,
	itemIndex: number,
	action: RecordingAction,
	status: WireStatus,
	{ failIfUnchanged }: RecordingSettings,
): Switched {
	if (!failIfUnchanged) return { changed: false, status };
	throw inputError(context.getNode(), THERE_ALREADY[action], {
		description: 'Turn off Fail If Unchanged in the options to go on all the same.',
		itemIndex,
	});
}

/**
 * Starts or stops, and looks whether it happened: a start whose reply got lost is not sent again.
 *
 * @throws NodeApiError where the appliance refuses, or where the reply got lost and nothing changed;
 * NodeOperationError where it accepts and does nothing
 */
export async function switchRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	action: RecordingAction,
	settings: RecordingSettings,
): Promise<Switched> {
	const sent = await settled(sendAction(context, itemIndex, action, settings.controlPath));
	const failure = 'failure' in sent ? sent.failure : undefined;
	if (failure !== undefined && isRefusedForAnotherReason(failure, action)) throw failure;
	const status = await statusOnce(context, itemIndex, action);
	if (!isThere(status, action)) throw failure ?? idleError(context, itemIndex, action);
	if (httpStatusOf(failure) !== NOTHING_TO_DO[action]) return { changed: true, status };
	return unchanged(context, itemIndex, action, status, settings);
}

/** A refusal that says nothing about whether the appliance records. */
function isRefusedForAnotherReason(failure: unknown, action: RecordingAction): boolean {
	const status = httpStatusOf(failure) ?? 0;
	return status >= 300 && status < 500 && status !== NOTHING_TO_DO[action];
}

/** The status once the appliance is where it was sent, or when the time is up. */
async function statusOnce(
	context: IExecuteFunctions,
	itemIndex: number,
	action: RecordingAction,
): Promise<WireStatus> {
	const deadline = Date.now() + SETTLE_SECONDS * 1000;
	for (;;) {
		const status = await getStatus(context, itemIndex);
		if (isThere(status, action) || Date.now() >= deadline) return status;
		await sleep(LOOK_AGAIN_SECONDS * 1000, cancelSignalOf(context));
	}
}

function idleError(context: IExecuteFunctions, itemIndex: number, action: RecordingAction) {
	const still = action === 'start' ? 'is not recording' : 'is still recording';
	return inputError(
		context.getNode(),
		`MediaScribe accepted the request to ${action}, but ${still} after ${SETTLE_SECONDS} seconds`,
		{ description: 'Look at the appliance: its input, its disk, its messages.', itemIndex },
	);
}
