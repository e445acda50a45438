import * as n8n from 'n8n-workflow';

/** What a timer of JavaScript can hold: one that is set for longer goes off at once. */
const LONGEST_TIMER_MILLISECONDS = 2_147_483_647;

type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/**
 * Waits, on every version of n8n that the pack runs on, and for longer than a timer can hold.
 *
 * @param signal ends the wait at once when the execution is stopped
 * @throws n8n's error for a stopped execution, when `signal` is aborted
 */
export const sleep: Sleep = async (milliseconds, signal) => {
	// the `sleep` of n8n 2.32 and older knows no signal: there it has this second function for that
	const { sleepWithAbort = n8n.sleep } = n8n as { sleepWithAbort?: Sleep };
	let left = milliseconds;
	do {
		await sleepWithAbort(Math.min(left, LONGEST_TIMER_MILLISECONDS), signal);
		left -= LONGEST_TIMER_MILLISECONDS;
	} while (left > 0);
};
