import { limiterFor, RateLimiter } from '../../../nodes/shared/pacing';
import { advanceSeconds, START, waits } from '../harness/stillClock';

const MINUTE = 60_000;

/** Takes so many slots one after the other; each request is answered after so many seconds. */
async function times(limiter: RateLimiter, limit: number, requests: number, answerSeconds = 0) {
	const sentAt: number[] = [];
	for (let i = 0; i < requests; i++) {
		const answered = await limiter.take(limit);
		sentAt.push(Date.now() - START.getTime());
		advanceSeconds(answerSeconds);
		answered();
	}
	return sentAt;
}

/** The most requests that any window of a minute holds. */
function fullestMinute(sentAt: number[]): number {
	return Math.max(
		...sentAt.map((start) => sentAt.filter((at) => at >= start && at < start + MINUTE).length),
	);
}

describe('the client-side limit', () => {
	it('lets requests through at once while there are slots', async () => {
		expect(await times(new RateLimiter(), 5, 5)).toEqual([0, 0, 0, 0, 0]);
	});

	it('never puts more than the limit into any window of a minute', async () => {
		const sentAt = await times(new RateLimiter(), 7, 50, 0.3);

		expect(fullestMinute(sentAt)).toBe(7);
	});

	it('uses the whole limit when requests are answered at once', async () => {
		const sentAt = await times(new RateLimiter(), 50, 200);

		expect(sentAt[199]).toBe(3 * MINUTE);
	});

	it('frees a slot a minute after the answer, because the provider may count until then', async () => {
		const sentAt = await times(new RateLimiter(), 1, 2, 20);

		expect(sentAt).toEqual([0, 20_000 + MINUTE]);
	});

	it('waits for an answer when every slot is taken by a request under way', async () => {
		const limiter = new RateLimiter();
		const answered = await limiter.take(1);
		let sent = false;
		const second = limiter.take(1).then(() => {
			sent = true;
		});
		for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
		expect(sent).toBe(false);

		const answeredAt = Date.now();
		answered();
		await second;

		expect(Date.now()).toBeGreaterThanOrEqual(answeredAt + MINUTE);
	});

	it('serves in the order of asking', async () => {
		const limiter = new RateLimiter();
		const served: number[] = [];
		await Promise.all(
			[0, 1, 2, 3, 4, 5].map(async (number) => {
				const answered = await limiter.take(2);
				served.push(number);
				answered();
			}),
		);

		expect(served).toEqual([0, 1, 2, 3, 4, 5]);
	});

	it('has no limit at 0', async () => {
		expect(await times(new RateLimiter(), 0, 500)).toEqual(Array(500).fill(0));
		expect(waits).toEqual([]);
	});

	it('holds everybody back for as long as a provider asks', async () => {
		const limiter = new RateLimiter();
		limiter.pause(17);

		expect(await times(limiter, 0, 2)).toEqual([17_000, 17_000]);
	});

	it('keeps the longer of two pauses', async () => {
		const limiter = new RateLimiter();
		limiter.pause(30);
		limiter.pause(5);

		expect(await times(limiter, 10, 1)).toEqual([30_000]);
	});

	it('stops waiting when the execution is stopped, and lets the next one through', async () => {
		const limiter = new RateLimiter();
		await times(limiter, 1, 1);
		const stopped = limiter.take(1, AbortSignal.abort(new Error('stopped')));
		await expect(stopped).rejects.toThrow('stopped');

		expect(await times(limiter, 1, 1)).toEqual([MINUTE]);
	});

	it('is one for a credential and an endpoint', () => {
		expect(limiterFor('a', 'read')).toBe(limiterFor('a', 'read'));
		expect(limiterFor('a', 'read')).not.toBe(limiterFor('a', 'write'));
		expect(limiterFor('a', 'read')).not.toBe(limiterFor('b', 'read'));
	});
});
