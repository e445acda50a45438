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
	 * @param isOutage whether nobody answered for the provider: that is outlasted, and not counted
	 */
	constructor(
		readonly error: NodeApiError,
		afterSeconds = 0,
		readonly isOutage = false,
	) {
		super(error.message);
		this.afterSeconds = Math.min(afterSeconds, LONGEST_RETRY_AFTER_SECONDS);
	}
}

/** For how long to go on trying. */
export interface RetryLimits {
	/** How many times to try again after a failure that is no outage. */
	maxRetries: number;
	/** For how long an outage is tried again at least, in seconds; 0 by default. */
	outageSeconds?: number;
	/** When no further try may begin, in milliseconds since 1970. */
	deadline?: number;
}

/** Seconds to wait before try number `tries + 1`: 1, 2, 4 … up to 60, with up to a quarter of jitter. */
export function growingPause(tries: number): number {
	const pause = Math.min(2 ** tries, LONGEST_PAUSE_SECONDS);
	return pause * (1 + Math.random() / 4);
}

/** What has failed so far: what was answered, and the outage that goes on. */
class Failures {
	private answers = 0;
	private losses = 0;
	private awaySince = 0;

	constructor(private readonly limits: RetryLimits) {}

	/** How many tries have failed in the same way before this one, which is counted now. */
	count({ isOutage }: RetryableFailure): number {
		if (!isOutage) {
			// somebody answered: the next loss begins another outage
			this.losses = 0;
			return this.answers++;
		}
		if (this.losses === 0) this.awaySince = Date.now();
		return this.losses++;
	}

	/** Whether a failure that was counted is the last. */
	isEnough({ isOutage }: RetryableFailure): boolean {
		const { maxRetries, outageSeconds = 0 } = this.limits;
		if (!isOutage) return this.answers > maxRetries;
		return this.losses > maxRetries && Date.now() - this.awaySince >= outageSeconds * 1000;
	}
}

/**
 * Makes an attempt, and makes it again after each RetryableFailure: once the provider wants it, and
 * never sooner than a pause that grows from try to try, because some ask for no pause at all. An
 * outage is outlasted for a time, whatever the number of tries.
 *
 * @param attempt gets the number of tries made before
 * @param limits how many times to try again, or that with the other limits
 * @param signal ends the waiting when the execution is stopped
 * @throws the failure's error when no try is left; whatever else the attempt throws, at once
 */
export async function withRetries<T>(
	attempt: (triesBefore: number) => Promise<T>,
	limits: number | RetryLimits,
	signal?: AbortSignal,
): Promise<T> {
	const { deadline = Infinity, ...most } =
		typeof limits === 'number' ? { maxRetries: limits } : limits;
	const failures = new Failures(most);
	for (let tries = 0; ; tries++) {
		const outcome = await settled(attempt(tries));
		if ('value' in outcome) return outcome.value;
		const { failure } = outcome;
		if (!(failure instanceof RetryableFailure)) throw failure;
		const alike = failures.count(failure);
		const pause = 1000 * Math.max(failure.afterSeconds, growingPause(alike));
		if (failures.isEnough(failure) || Date.now() + pause > deadline) throw failure.error;
		await sleep(pause, signal);
	}
}
