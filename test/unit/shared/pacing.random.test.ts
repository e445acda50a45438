import fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import { RateLimiter } from '../../../nodes/shared/pacing';
import { advanceSeconds } from '../harness/stillClock';

const MINUTE = 60_000;

/** A request: how long it waits before it wants to go, and how long its answer takes. */
const aRequest = fc.record({
	afterSeconds: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 90, noNaN: true })),
	answerSeconds: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 200, noNaN: true })),
	/** When in between the provider counts it: 0 is when it was sent, 1 when it was answered. */
	countedAt: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** The most requests that any window of a minute holds. */
function fullestMinute(times: number[]): number {
	return Math.max(
		0,
		...times.map((start) => times.filter((at) => at >= start && at < start + MINUTE).length),
	);
}

const limit = fc.integer({ min: 1, max: 12 });
const requests = fc.array(aRequest, { maxLength: 40 });

describe('the client-side limit, whatever is asked of it', () => {
	it('is never passed in any window, of requests one after the other', async () => {
		await fc.assert(
			fc.asyncProperty(limit, requests, async (perMinute, asked) => {
				const limiter = new RateLimiter();
				const counted: number[] = [];
				for (const { afterSeconds, answerSeconds, countedAt } of asked) {
					advanceSeconds(afterSeconds);
					const answered = await limiter.take(perMinute);
					counted.push(Date.now() + answerSeconds * countedAt * 1000);
					advanceSeconds(answerSeconds);
					answered();
				}
				expect(fullestMinute(counted)).toBeLessThanOrEqual(perMinute);
			}),
		);
	});

	it('is never passed in any window, of requests at once', async () => {
		await fc.assert(
			fc.asyncProperty(limit, requests, async (perMinute, asked) => {
				const limiter = new RateLimiter();
				const counted: number[] = [];
				await Promise.all(
					asked.map(async ({ afterSeconds, answerSeconds, countedAt }) => {
						await sleep(afterSeconds * 1000);
						const answered = await limiter.take(perMinute);
						const sent = Date.now();
						await sleep(answerSeconds * 1000);
						counted.push(sent + (Date.now() - sent) * countedAt);
						answered();
					}),
				);
				expect(counted).toHaveLength(asked.length);
				expect(fullestMinute(counted)).toBeLessThanOrEqual(perMinute);
			}),
			{ numRuns: 40 },
		);
	});

	it('lets nothing through before a pause is over, and keeps the longest of several', async () => {
		const pause = fc.double({ min: 0, max: 600, noNaN: true });
		await fc.assert(
			fc.asyncProperty(limit, fc.array(pause, { maxLength: 5 }), async (perMinute, pauses) => {
				const limiter = new RateLimiter();
				const begun = Date.now();
				for (const seconds of pauses) limiter.pause(seconds);

				(await limiter.take(perMinute))();

				const longest = Math.max(0, ...pauses) * 1000;
				expect(Date.now() - begun).toBeGreaterThanOrEqual(Math.floor(longest));
			}),
		);
	});

	it('gives a stopped request’s turn to the next', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 12 }), async (stops) => {
				const limiter = new RateLimiter();
				const ended = await Promise.allSettled(
					stops.map(async (isStopped) => {
						const signal = isStopped ? AbortSignal.abort() : undefined;
						(await limiter.take(2, signal))();
					}),
				);
				const rest = ended.filter((_, index) => !stops[index]);
				expect(rest.every(({ status }) => status === 'fulfilled')).toBe(true);
			}),
		);
	});
});
