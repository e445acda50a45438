import { limiterFor, RateLimiter } from '../../../../nodes/shared/http/pacing';
import type { UploadTurn } from '../../../../nodes/shared/http/pacing';
import { advanceSeconds, START, waits } from '../../harness/stillClock';

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

	it('counts requests for a minute after their answer, and none that has no limit', async () => {
		const limiter = new RateLimiter();
		await times(limiter, 0, 500);
		expect(limiter.counted()).toBe(0);

		await times(limiter, 5, 3);
		expect(limiter.counted()).toBe(3);

		advanceSeconds(60);
		expect(limiter.counted()).toBe(0);
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

	it('leaves no turn to a request that was stopped in line, and lets those behind keep theirs', async () => {
		const limiter = new RateLimiter();
		await times(limiter, 1, 1);
		const stop = new AbortController();
		const served: string[] = [];
		const waiting = ['first', 'stopped', 'third'].map(async (name) => {
			const answered = await limiter.take(1, name === 'stopped' ? stop.signal : undefined);
			served.push(`${name} ${Date.now() - START.getTime()}`);
			answered();
		});
		stop.abort(new Error('stopped'));

		await expect(waiting[1]).rejects.toThrow('stopped');
		await Promise.all([waiting[0], waiting[2]]);

		expect(served).toEqual([`first ${MINUTE}`, `third ${2 * MINUTE}`]);
	});

	it('leaves a line at once that nobody knows the end of', async () => {
		const limiter = new RateLimiter();
		const underWay = await limiter.take(1);
		const stop = new AbortController();
		const stopped = limiter.take(1, stop.signal);
		stop.abort(new Error('stopped'));

		await expect(stopped).rejects.toThrow('stopped');
		expect(waits).toEqual([]);
		underWay();
	});

	it.each([
		[1, 150],
		[1, 0],
		[3, 50],
		[10, 11],
	])('of %d holds no request under one of %d that comes behind', async (low, high) => {
		const limiter = new RateLimiter();
		await times(limiter, low, low);
		const served: string[] = [];
		const held = limiter.take(low).then((answered) => {
			served.push('low');
			answered();
		});
		const other = limiter.take(high).then((answered) => {
			served.push(`high ${Date.now() - START.getTime()}`);
			answered();
		});
		await Promise.all([held, other]);

		expect(served).toEqual(['high 0', 'low']);
	});

	it('of one request a minute is not put off for ever by those of a high limit', async () => {
		const limiter = new RateLimiter();
		await times(limiter, 5, 5);
		const order: string[] = [];
		const take = async (name: string, limit: number) => {
			const answered = await limiter.take(limit);
			order.push(name);
			answered();
		};
		await Promise.all([take('high', 5), take('low', 1), take('high', 5), take('high', 5)]);

		expect(order).toEqual(['high', 'low', 'high', 'high']);
	});

	it('is held back by nobody for longer than ten minutes', async () => {
		const limiter = new RateLimiter();
		for (const seconds of [3600, 9_999_999, Infinity]) limiter.pause(seconds);

		expect(await times(limiter, 10, 1)).toEqual([600_000]);
	});

	it('holds nobody for the hours by which a clock is set back', async () => {
		const limiter = new RateLimiter();
		await times(limiter, 1, 1);
		limiter.pause(5);
		advanceSeconds(-7200);
		const before = Date.now();

		(await limiter.take(1))();

		expect(Date.now() - before).toBeLessThanOrEqual(600_000);
	});

	it('is one for a credential and an endpoint', () => {
		expect(limiterFor('a', 'read')).toBe(limiterFor('a', 'read'));
		expect(limiterFor('a', 'read')).not.toBe(limiterFor('a', 'write'));
		expect(limiterFor('a', 'read')).not.toBe(limiterFor('b', 'read'));
	});
});

describe('the limiters of a process', () => {
	let others = 0;
	/** Whether a limiter is still the one of its key once another key's is asked for. */
	const isKept = (limiter: RateLimiter, key: string) => {
		limiterFor(`other ${others++}`, 'read');
		return limiterFor(key, 'read') === limiter;
	};

	it('are forgotten once they are idle', async () => {
		const limiter = limiterFor('idle', 'read');
		await times(limiter, 2, 2);
		advanceSeconds(60);

		expect(isKept(limiter, 'idle')).toBe(false);
	});

	it('keep their pace when they are used again soon', async () => {
		const limiter = limiterFor('busy', 'read');
		await times(limiter, 2, 2);
		advanceSeconds(59);

		expect(isKept(limiter, 'busy')).toBe(true);
		expect(await times(limiterFor('busy', 'read'), 2, 1)).toEqual([MINUTE]);
	});

	it('are kept as long as a provider asks to wait', () => {
		const limiter = limiterFor('paused', 'read');
		limiter.pause(100);
		advanceSeconds(99);
		expect(isKept(limiter, 'paused')).toBe(true);

		advanceSeconds(1);
		expect(isKept(limiter, 'paused')).toBe(false);
	});

	it('are kept while somebody waits for a turn', async () => {
		const limiter = limiterFor('awaited', 'read');
		const stop = new AbortController();
		const underWay = await limiter.take(1);
		const waiting = limiter.take(1, stop.signal);
		underWay();
		advanceSeconds(60);

		expect(isKept(limiter, 'awaited')).toBe(true);
		stop.abort(new Error('stopped'));
		await expect(waiting).rejects.toThrow('stopped');
		expect(isKept(limiter, 'awaited')).toBe(false);
	});

	it('are kept while a request without a limit is under way, whose answer may ask to wait', async () => {
		const limiter = limiterFor('unlimited', 'read');
		const answered = await limiter.take(0);
		advanceSeconds(600);
		expect(isKept(limiter, 'unlimited')).toBe(true);

		answered();
		expect(isKept(limiter, 'unlimited')).toBe(false);
	});

	it('are kept while a large upload is under way, whose end is still to come', async () => {
		const limiter = limiterFor('uploading', 'read');
		const upload = await limiter.takeUpload(1);
		upload.begun();
		advanceSeconds(600);
		expect(isKept(limiter, 'uploading')).toBe(true);

		await upload.mayEnd(new AbortController().signal);
		upload.answered();
		expect(isKept(limiter, 'uploading')).toBe(true);
		advanceSeconds(60);
		expect(isKept(limiter, 'uploading')).toBe(false);
	});
});

describe('the limit, of requests that send large files', () => {
	/** How long after now the next short request may go. */
	const nextIn = async (limiter: RateLimiter, limit: number) => {
		const before = Date.now();
		(await limiter.take(limit))();
		return Date.now() - before;
	};

	it('is held for a minute from where they begin, and not until they are through', async () => {
		const limiter = new RateLimiter();
		const uploads = [];
		for (let n = 0; n < 10; n++) uploads.push(await limiter.takeUpload(10));
		for (const upload of uploads) upload.begun();

		expect(await nextIn(limiter, 10)).toBe(MINUTE);
	});

	it('keeps those behind a request that cannot go yet waiting, without looking again and again', async () => {
		const limiter = new RateLimiter();
		const ending = await limiter.takeUpload(1);
		ending.begun();
		advanceSeconds(60);
		await ending.mayEnd(new AbortController().signal);
		const order: string[] = [];
		const request = limiter.take(1).then((answered) => {
			order.push('request');
			answered();
		});
		// its beginning could go, and stands behind one that cannot
		const upload = limiter.takeUpload(1).then(() => order.push('upload'));
		for (let turns = 0; turns < 50; turns++) await new Promise(setImmediate);
		expect(order).toEqual([]);
		expect(waits.length).toBeLessThan(5);

		ending.answered();
		await Promise.all([request, upload]);

		expect(order).toEqual(['request', 'upload']);
	});

	it('is held while nobody knows whether a provider has seen their beginnings', async () => {
		const limiter = new RateLimiter();
		const upload = await limiter.takeUpload(1);
		const answeredAt = new Promise<number>((resolve) => {
			void (async () => {
				for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
				upload.answered();
				resolve(Date.now());
			})();
		});

		const wentAt = (await nextIn(limiter, 1)) + START.getTime();

		expect(wentAt).toBeGreaterThanOrEqual((await answeredAt) + MINUTE);
	});

	it('lets no more end in a minute than may, and lets them end before others begin', async () => {
		const limiter = new RateLimiter();
		const uploads: UploadTurn[] = [];
		for (let n = 0; n < 3; n++) {
			const upload = await limiter.takeUpload(2);
			upload.begun();
			uploads.push(upload);
		}
		advanceSeconds(3600);
		const order: string[] = [];
		const end = async (name: string, upload: UploadTurn) => {
			await upload.mayEnd(new AbortController().signal);
			order.push(`${name} ${Date.now() - START.getTime() - 3_660_000}`);
			upload.answered();
		};
		const short = async () => {
			(await limiter.take(2))();
			order.push('short');
		};
		await Promise.all([
			end('a', uploads[0]!),
			end('b', uploads[1]!),
			short(),
			end('c', uploads[2]!),
		]);

		expect(order).toEqual(['a 0', 'b 0', `c ${MINUTE}`, 'short']);
	});

	it('keeps no slot for an upload that broke off while it was held back', async () => {
		const limiter = new RateLimiter();
		const [one, other] = [await limiter.takeUpload(1, undefined), new AbortController()];
		one.begun();
		await times(limiter, 1, 1);
		const ending = one.mayEnd(other.signal);
		other.abort(new Error('cut'));
		await expect(ending).rejects.toThrow('cut');
		one.answered();

		expect(await nextIn(limiter, 1)).toBe(MINUTE);
	});
});
