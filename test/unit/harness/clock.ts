/**
 * A clock that stands still but for the waits of the code under test, so that no test waits and
 * none depends on how fast the machine is.
 */

export const START = new Date('2026-11-22T12:00:00.000Z');

/** Every wait asked for since the test began, in milliseconds, in the order of asking. */
export const waits: number[] = [];

// timers stay real: n8n's HTTP client and nock run on them
const TIMERS_LEFT_REAL = [
	'hrtime',
	'nextTick',
	'performance',
	'queueMicrotask',
	'setImmediate',
	'clearImmediate',
	'setInterval',
	'clearInterval',
	'setTimeout',
	'clearTimeout',
] as const;

/** Stops the clock at `START` and forgets the waits. */
export function resetClock(): void {
	waits.length = 0;
	jest.useFakeTimers({ now: START, doNotFake: [...TIMERS_LEFT_REAL] });
}

/** Moves the clock on. */
export function advanceSeconds(seconds: number): void {
	jest.setSystemTime(Date.now() + seconds * 1000);
}

/**
 * Stands in for n8n-workflow's `sleep`: takes no time, but moves the clock to the end of the wait.
 *
 * @throws the signal's reason when the signal is, or becomes, aborted
 */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
	const until = Date.now() + milliseconds;
	waits.push(milliseconds);
	signal?.throwIfAborted();
	await new Promise(setImmediate);
	signal?.throwIfAborted();
	jest.setSystemTime(Math.max(Date.now(), until));
}
