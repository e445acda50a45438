import type { NodeApiError } from 'n8n-workflow';

import { LONGEST_RETRY_AFTER_SECONDS } from './retryAfter';
import { settled } from './settled';
import { sleep } from './sleep';

const LONGEST_PAUSE_SECONDS = 60;

/** Thrown by an attempt that may be made again; carries the error to show when no try is left. */
export class RetryableFailure extends Error {
	/** How long the provider asked to wait at least. */
	readonly afterSeconds: number;

	/**
	 * @param error what to throw in the end
	 * @param afterSeconds how long the provider asked to wait, 600 at most; 0 where it did not say
	 */
	constructor(
		readonly error: NodeApiError,
		afterSeconds = 0,
	) {
		super(error.message);
		this.afterSeconds = Math.min(afterSeconds, LONGEST_RETRY_AFTER_SECONDS);
	}
}

/** Seconds to wait before try number `tries + 1`: 1, 2, 4 … up to 60, with up to a quarter of jitter. */
export function growingPause(tries: number): number {
	const pause = Math.min(2 ** tries, LONGEST_PAUSE_SECONDS);
	return pause * (1 + Math.random() / 4);
}

/**
 * Makes an attempt, and makes it again after each RetryableFailure: once the provider wants it, and
 * never sooner than a pause that grows from try to try, because some ask for no pause at all.
 *
 * @param attempt gets the number of tries made before
 * @param maxRetries how many times to try again
 * @param signal ends the waiting when the execution is stopped
 * @throws the failure's error when no try is left; whatever else the attempt throws, at once
 */
export async function withRetries<T>(
	attempt: (triesBefore: number) => Promise<T>,
	maxRetries: number,
	signal?: AbortSignal,
): Promise<T> {
	for (let tries = 0; ; tries++) {
		const outcome = await settled(attempt(tries));
		if ('value' in outcome) return outcome.value;
		const { failure } = outcome;
		if (!(failure instanceof RetryableFailure)) throw failure;
		if (tries >= maxRetries) throw failure.error;
		await sleep(1000 * Math.max(failure.afterSeconds, growingPause(tries)), signal);
	}
}
