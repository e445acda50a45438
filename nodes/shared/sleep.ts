import * as n8n from 'n8n-workflow';

type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/**
 * Waits, on every version of n8n that the pack runs on.
 *
 * @param signal ends the wait at once when the execution is stopped
 * @throws n8n's error for a stopped execution, when `signal` is aborted
 */
export const sleep: Sleep = async (milliseconds, signal) => {
	// the `sleep` of n8n 2.32 and older knows no signal: there it has this second function for that
	const { sleepWithAbort = n8n.sleep } = n8n as { sleepWithAbort?: Sleep };
	await sleepWithAbort(milliseconds, signal);
};
