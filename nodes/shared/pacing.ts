import { sleep } from './sleep';

const WINDOW_MILLISECONDS = 60_000;
const LOOK_AGAIN_MILLISECONDS = 50;

/**
 * Keeps the requests to one endpoint under a limit a minute, in every window of a minute.
 *
 * A slot is free again a minute after its request was answered. The provider counted the request
 * before it answered, so its window can never hold more than ours, however slow the line is.
 */
export class RateLimiter {
	private readonly answeredAt: number[] = [];
	private underWay = 0;
	private pausedUntil = 0;
	private lastInLine: Promise<void> = Promise.resolve();

	/**
	 * Waits for a slot, first come first served.
	 *
	 * @param limit requests a minute; 0 for no limit
	 * @returns a function to call once the request was answered, or has failed
	 * @throws when `signal` is aborted while waiting
	 */
	async take(limit: number, signal?: AbortSignal): Promise<() => void> {
		const ahead = this.lastInLine;
		let leaveLine = () => {};
		this.lastInLine = new Promise((resolve) => {
			leaveLine = resolve;
		});
		try {
			await ahead;
			await this.untilFree(limit, signal);
			this.underWay++;
		} finally {
			leaveLine();
		}
		return () => {
			this.underWay--;
			this.answeredAt.push(Date.now());
		};
	}

	/** Holds everybody back for so many seconds, as a provider's Retry-After asks. */
	pause(seconds: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, Date.now() + seconds * 1000);
	}

	private async untilFree(limit: number, signal?: AbortSignal): Promise<void> {
		for (;;) {
			const milliseconds = this.millisecondsUntilFree(limit);
			if (milliseconds <= 0) return;
			await sleep(milliseconds, signal);
		}
	}

	private millisecondsUntilFree(limit: number): number {
		const now = Date.now();
		while (this.answeredAt[0] !== undefined && this.answeredAt[0] + WINDOW_MILLISECONDS <= now) {
			this.answeredAt.shift();
		}
		const untilResumed = this.pausedUntil - now;
		const surplus = this.underWay + this.answeredAt.length - limit;
		if (limit === 0 || surplus < 0) return untilResumed;
		const answered = this.answeredAt[surplus];
		// every slot is held by a request that is still under way: nothing says when it will end
		if (answered === undefined) return Math.max(LOOK_AGAIN_MILLISECONDS, untilResumed);
		return Math.max(answered + WINDOW_MILLISECONDS - now, untilResumed);
	}
}

const limiters = new Map<string, RateLimiter>();

/** The one limiter of this process for a credential and an endpoint. */
export function limiterFor(credential: string, endpoint: string): RateLimiter {
	const key = `${credential} ${endpoint}`;
	const limiter = limiters.get(key) ?? new RateLimiter();
	limiters.set(key, limiter);
	return limiter;
}
