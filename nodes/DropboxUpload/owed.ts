import { LONGEST_IDLE_DAYS, ProcessMemory } from '../shared/core/processMemory';

const LONGEST_PAUSE_MINUTES = 30;

/** A look that has still to be made. */
interface OwedLook {
	/** How many looks have failed since the last one that did not. */
	failures: number;
	/** Milliseconds since 1970. */
	notBefore: number;
}

// n8n polls by its schedule where the node has a webhook, too: these polls make up for looks
const owedLooks = new ProcessMemory<OwedLook>(LONGEST_IDLE_DAYS);

/** Whether the next poll has to look, and may by now. */
export function isOwed(trigger: string): boolean {
	const owed = owedLooks.get(trigger);
	return owed !== undefined && Date.now() >= owed.notBefore;
}

/** Notes that the next poll has to look; after looks that failed it waits as long as before. */
export function owe(trigger: string): void {
	if (!owedLooks.has(trigger)) owedLooks.set(trigger, { failures: 0, notBefore: 0 });
}

/**
 * Notes that a look failed: the next poll looks again, after the second failure one that comes a
 * minute later, then three, seven, fifteen and thirty.
 *
 * @returns how many looks have failed, one after the other
 */
export function oweAfterFailure(trigger: string): number {
	const failures = (owedLooks.get(trigger)?.failures ?? 0) + 1;
	const minutes = Math.min(2 ** (failures - 1) - 1, LONGEST_PAUSE_MINUTES);
	owedLooks.set(trigger, { failures, notBefore: Date.now() + minutes * 60_000 });
	return failures;
}

/** Notes that a look was made. */
export function settle(trigger: string): void {
	owedLooks.delete(trigger);
}
