import fc from 'fast-check';
import { sleep } from 'n8n-workflow';

import { RateLimiter } from '../../../../nodes/shared/http/pacing';
import { advanceSeconds } from '../../harness/stillClock';

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

	it('is never passed in any window under mixed limits, by short requests, uploads and stops', async () => {
		const aCall = fc.record({
			request: aRequest,
			limit: fc.constantFrom(1, 2, 5, 9),
			isUpload: fc.boolean(),
			/** How long its headers are on their way, and its body. */
			headerSeconds: fc.double({ min: 0, max: 30, noNaN: true }),
			bodySeconds: fc.oneof(fc.constant(600), fc.double({ min: 0, max: 4000, noNaN: true })),
			stopsAfter: fc.option(fc.double({ min: 0, max: 200, noNaN: true }), { nil: undefined }),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(aCall, { minLength: 10, maxLength: 30 }), async (calls) => {
				const limiter = new RateLimiter();
				const counted: Array<{ limit: number; begin: number; end: number }> = [];
				const waited = await Promise.allSettled(
					calls.map(async ({ request, limit: perMinute, isUpload, stopsAfter, ...upload }) => {
						const stop = new AbortController();
						if (stopsAfter !== undefined) void sleep(stopsAfter * 1000).then(() => stop.abort());
						await sleep(request.afterSeconds * 1000);
						if (!isUpload) {
							const answered = await limiter.take(perMinute, stop.signal);
							const sent = Date.now();
							await sleep(request.answerSeconds * 1000);
							const at = sent + (Date.now() - sent) * request.countedAt;
							counted.push({ limit: perMinute, begin: at, end: at });
							return answered();
						}
						const turn = await limiter.takeUpload(perMinute, stop.signal);
						const sent = Date.now();
						await sleep(upload.headerSeconds * 1000);
						const begin = sent + (Date.now() - sent) * request.countedAt;
						turn.begun();
						await sleep(upload.bodySeconds * 1000);
						await turn.mayEnd(new AbortController().signal);
						const ended = Date.now();
						await sleep(request.answerSeconds * 1000);
						const end = ended + (Date.now() - ended) * request.countedAt;
						counted.push({ limit: perMinute, begin, end });
						turn.answered();
					}),
				);
				const stopped = waited.filter(({ status }) => status === 'rejected').length;
				expect(counted).toHaveLength(calls.length - stopped);
				for (const most of [1, 2, 5, 9]) {
					const under = counted.filter((request) => request.limit <= most);
					// a provider counts a request where it begins or where it ends
					expect(fullestMinute(under.map(({ begin }) => begin))).toBeLessThanOrEqual(most);
					expect(fullestMinute(under.map(({ end }) => end))).toBeLessThanOrEqual(most);
				}
			}),
			{ numRuns: 60 },
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
