import fc from 'fast-check';
import { NodeApiError } from 'n8n-workflow';

import { RetryableFailure, withRetries } from '../../../../nodes/shared/core/retry';
import { retryAfterSeconds } from '../../../../nodes/shared/core/retryAfter';
import { START, waits } from '../../harness/stillClock';

const node = { id: '1', name: 'n', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };
const LONGEST_PAUSE = 600_000;

const asked = fc.oneof(
	fc.constant(undefined),
	fc.nat(600),
	fc.double({ min: 0, max: 120, noNaN: true }),
	fc.double({ min: 0, noNaN: true }),
);

describe('trying again, whatever fails', () => {
	it('makes as many tries as are allowed and needed, and waits before each for what is asked at least', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(asked, { maxLength: 12 }), fc.nat(10), async (failures, most) => {
				waits.length = 0;
				let tries = 0;
				const outcome = await withRetries(async (before) => {
					expect(before).toBe(tries++);
					if (before >= failures.length) return 'done';
					const error = new NodeApiError(node as never, { message: `failure ${before}` });
					throw new RetryableFailure(error, failures[before]);
				}, most).catch((error: Error) => error.message);

				const isEnough = failures.length <= most;
				expect(tries).toBe(Math.min(failures.length, most) + 1);
				expect(outcome).toBe(isEnough ? 'done' : `failure ${most}`);
				expect(waits).toHaveLength(tries - 1);
				waits.forEach((wait, index) => {
					const least = Math.min((failures[index] ?? 0) * 1000, LONGEST_PAUSE);
					expect(wait).toBeGreaterThanOrEqual(least);
					expect(wait).toBeGreaterThanOrEqual(Math.min(2 ** index, 60) * 1000);
					expect(wait).toBeLessThanOrEqual(LONGEST_PAUSE);
				});
			}),
		);
	});
});

describe('any Retry-After', () => {
	it('of seconds is what it says', () => {
		fc.assert(
			fc.property(fc.nat(), fc.constantFrom('', ' ', '\t'), (seconds, blank) => {
				expect(retryAfterSeconds({ 'retry-after': `${blank}${seconds}${blank}` })).toBe(seconds);
			}),
		);
	});

	it('of a date is how far ahead it lies, never less than nothing', () => {
		const min = new Date('1970-01-01T00:00:00Z');
		const max = new Date('2099-12-31T23:59:59Z');
		fc.assert(
			fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
				const whole = Math.floor(date.getTime() / 1000) * 1000;
				jest.setSystemTime(START);
				expect(retryAfterSeconds({ 'retry-after': new Date(whole).toUTCString() })).toBe(
					Math.max(0, (whole - START.getTime()) / 1000),
				);
			}),
		);
	});

	it('else is seconds from now, or left out', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.anything()), (value) => {
				const seconds = retryAfterSeconds({ 'retry-after': value as never }) ?? 0;
				expect(seconds).toBeGreaterThanOrEqual(0);
				expect(Number.isFinite(seconds)).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});
});
