import { NodeApiError } from 'n8n-workflow';

import { growingPause, RetryableFailure, withRetries } from '../../../../nodes/shared/core/retry';
import { waits } from '../../harness/stillClock';

const node = { id: '1', name: 'n', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };

function failure(message: string, afterSeconds?: number): RetryableFailure {
	return new RetryableFailure(new NodeApiError(node as never, { message }), afterSeconds);
}

/** An attempt that fails in the given ways, then succeeds. */
function failing(...failures: Error[]) {
	return jest.fn(async (triesBefore: number) => {
		const next = failures[triesBefore];
		if (next) throw next;
		return 'done';
	});
}

describe('trying again', () => {
	it('does not, when the first try succeeds', async () => {
		const attempt = failing();

		expect(await withRetries(attempt, 5)).toBe('done');
		expect(attempt).toHaveBeenCalledTimes(1);
		expect(waits).toEqual([]);
	});

	it('waits as long as the provider asks, or longer where its own pause has grown beyond that', async () => {
		await withRetries(failing(failure('a', 7), failure('b', 0), failure('c', 0.5)), 5);

		expect(waits[0]).toBe(7000);
		expect(waits[1]).toBeGreaterThanOrEqual(2000);
		expect(waits[2]).toBeGreaterThanOrEqual(4000);
	});

	it.each([9_999_999, Number.MAX_SAFE_INTEGER])(
		'never waits longer than ten minutes, were it asked for %d seconds',
		async (seconds) => {
			await withRetries(failing(failure('a', seconds)), 5);

			expect(waits).toEqual([600_000]);
		},
	);

	it('waits longer from try to try where the provider says nothing', async () => {
		await withRetries(failing(...['a', 'b', 'c', 'd'].map((text) => failure(text))), 5);

		[1, 2, 4, 8].forEach((seconds, index) => {
			expect(waits[index]).toBeGreaterThanOrEqual(seconds * 1000);
			expect(waits[index]).toBeLessThanOrEqual(seconds * 1250);
		});
	});

	it('never grows beyond a minute and a quarter', () => {
		expect(growingPause(40)).toBeLessThanOrEqual(75);
	});

	it('spreads its tries, so that many that fail together do not come back together', () => {
		const pauses = new Set(Array.from({ length: 20 }, () => growingPause(3)));

		expect(pauses.size).toBeGreaterThan(1);
	});

	it('gives up after so many retries with the last error itself', async () => {
		const failures = [failure('first'), failure('second'), failure('third')];
		const attempt = failing(...failures);

		await expect(withRetries(attempt, 2)).rejects.toBe(failures[2]!.error);
		expect(attempt).toHaveBeenCalledTimes(3);
	});

	it('does not try again with no retries', async () => {
		const attempt = failing(failure('only'));

		await expect(withRetries(attempt, 0)).rejects.toThrow('only');
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it('throws whatever else goes wrong at once', async () => {
		const attempt = failing(new TypeError('a bug'));

		await expect(withRetries(attempt, 5)).rejects.toThrow('a bug');
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it('stops when the execution is stopped', async () => {
		const attempt = failing(failure('a'), failure('b'));
		const signal = AbortSignal.abort(new Error('stopped'));

		await expect(withRetries(attempt, 5, signal)).rejects.toThrow('stopped');
		expect(attempt).toHaveBeenCalledTimes(1);
	});
});
