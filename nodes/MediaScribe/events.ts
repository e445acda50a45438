import type { WireStatus } from './api';
import { hasNoSignalIn, recordingOf } from './status';
import type { Recording } from './status';

/** What happens to an appliance, as it stands in the trigger's Events. */
export type EventName =
	| 'recordingStarted'
	| 'recordingStopped'
	| 'signalLost'
	| 'signalRestored'
	| 'unreachable'
	| 'reachable';

/** One thing that happened between two looks. */
export interface ApplianceEvent {
	event: EventName;
	/** The recording that ended, as it was last seen. */
	ended?: Recording;
}

/** What a look at the appliance showed; n8n stores it as JSON until the next. */
export interface Seen {
	reachable: boolean;
	/** Null while it is idle. */
	recording: Recording | null;
	/** Null where it never said. */
	hasNoSignal: boolean | null;
}

/** What a status shows; what it does not say is as it was before. */
export function seenIn(status: WireStatus, before?: Seen): Seen {
	return {
		reachable: true,
		recording: recordingOf(status),
		hasNoSignal: hasNoSignalIn(status) ?? before?.hasNoSignal ?? null,
	};
}

/** What happened between two looks, in the order in which it can have happened. */
export function eventsBetween(before: Seen, now: Seen): ApplianceEvent[] {
	if (!now.reachable) return before.reachable ? [{ event: 'unreachable' }] : [];
	const back: ApplianceEvent[] = before.reachable ? [] : [{ event: 'reachable' }];
	return [...back, ...recordingEvents(before, now), ...signalEvents(before, now)];
}

function recordingEvents({ recording: before }: Seen, { recording: now }: Seen): ApplianceEvent[] {
	if (before && now && isSame(before, now)) return [];
	return [
		...(before ? [{ event: 'recordingStopped' as const, ended: before }] : []),
		...(now ? [{ event: 'recordingStarted' as const }] : []),
	];
}

/** Whether it is one recording: another one may have begun between two looks. */
function isSame(before: Recording, now: Recording): boolean {
	if (before.path !== null && now.path !== null) return before.path === now.path;
	if (before.positionSeconds === null || now.positionSeconds === null) return true;
	return now.positionSeconds >= before.positionSeconds;
}

function signalEvents({ hasNoSignal: before }: Seen, { hasNoSignal: now }: Seen): ApplianceEvent[] {
	if (before === null || now === null || before === now) return [];
	return [{ event: now ? 'signalLost' : 'signalRestored' }];
}
