import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { baseUrlOf } from '../shared/http/baseUrl';
import { codeOf, httpStatusOf } from '../shared/core/errors';
import { isSuperseded, notePoll } from '../shared/polling/pollContexts';
import { settled } from '../shared/core/settled';
import { objectOf } from '../shared/core/wireValues';
import { pollStatus } from './api';
import type { WireStatus } from './api';
import { eventsBetween, seenIn } from './events';
import type { ApplianceEvent, EventName, Seen } from './events';
import { mediaScribe } from './provider';
import { statusOf } from './status';

/** A look at the appliance: its status, or why there is none. */
type Look = { status: WireStatus } | { outage: NodeApiError };

/**
 * Looks what the appliance does, and emits what has changed since the last look, each change once.
 * The first look, at activation, only takes note. In the editor it gives a sample and notes nothing.
 *
 * @returns null where nothing changed that the user wants to know
 * @throws NodeApiError where the appliance refuses; at the first look and in the editor also where
 * it cannot be reached
 */
export async function pollAppliance(
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const isManual = context.getMode() === 'manual';
	if (!isManual) notePoll(context);
	const appliance = await baseUrlOf(context, mediaScribe);
	const look = await lookAt(context);
	if (isManual) return [[sampleOf(statusIn(look))]];
	// n8n throws away what it finds: another trigger of the workflow must not have it stored
	if (isSuperseded(context)) return null;
	// nothing is waited for from here on, so that two polls at once cannot find the same change
	const staticData = context.getWorkflowStaticData('node');
	const before = lastSeen(staticData, appliance);
	const now = before && 'outage' in look ? unreachable(before) : seenIn(statusIn(look), before);
	staticData.seen = { appliance, ...now };
	const events = before ? eventsBetween(before, now) : [];
	const wanted = context.getNodeParameter('events', []) as EventName[];
	const items = events.filter(({ event }) => wanted.includes(event)).map(itemOf(look));
	return items.length > 0 ? [items] : null;
}

async function lookAt(context: IPollFunctions): Promise<Look> {
	const read = await settled(pollStatus(context));
	if ('value' in read) return { status: read.value };
	if (isOutage(read.failure)) return { outage: read.failure };
	throw read.failure;
}

/** Whether no appliance answered: a refusal such as a wrong token is for the user to mend. */
function isOutage(failure: unknown): failure is NodeApiError {
	const status = httpStatusOf(failure) ?? 0;
	return failure instanceof NodeApiError && (status < 300 || status >= 500);
}

function statusIn(look: Look): WireStatus {
	if ('status' in look) return look.status;
	throw look.outage;
}

function lastSeen(staticData: IDataObject, appliance: string): Seen | undefined {
	const seen = objectOf(staticData.seen);
	// another appliance needs another beginning
	return seen.appliance === appliance ? (seen as unknown as Seen) : undefined;
}

function unreachable({ recording, hasNoSignal }: Seen): Seen {
	return { reachable: false, recording, hasNoSignal };
}

/** Makes an event an output item. */
function itemOf(look: Look) {
	return ({ event, ended }: ApplianceEvent): INodeExecutionData => ({
		json: {
			event,
			detectedAt: new Date().toISOString(),
			...('status' in look ? statusOf(look.status) : reasonOf(look.outage)),
			...(ended && { path: ended.path, durationSeconds: ended.positionSeconds }),
		},
	});
}

function reasonOf(outage: NodeApiError): IDataObject {
	const { message, description } = outage;
	const code = codeOf(outage) ?? null;
	return {
		provider: 'mediaScribe',
		reason: message,
		advice: description ?? null,
		code,
		// as the other triggers have it, so that a workflow can branch on it
		error: { code, message },
	};
}

/** What the appliance does now, as the event that would have led there. */
function sampleOf(status: WireStatus): INodeExecutionData {
	const { recording, hasNoSignal } = seenIn(status);
	const idle = hasNoSignal ? 'signalLost' : 'recordingStopped';
	return itemOf({ status })({ event: recording ? 'recordingStarted' : idle });
}
