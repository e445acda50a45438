import { LineWatch, StillLineError } from '../../../../nodes/shared/http/lineWatch';

jest.unmock('n8n-workflow');
jest.unmock('../../../../nodes/shared/http/lineTimer');

const LIMIT = 100;
const never = new Promise<never>(() => {});

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const pass = async (seconds: number) => await jest.advanceTimersByTimeAsync(seconds * 1000);

/** What came of waiting so far. */
function outcomeOf(work: Promise<unknown>) {
	const seen: { outcome: unknown } = { outcome: 'waiting' };
	work.then(
		(value) => (seen.outcome = value),
		(error: unknown) => (seen.outcome = error),
	);
	return seen;
}

describe('the watch over a line', () => {
	it('gives what the work gives, and leaves no timer', async () => {
		const watch = new LineWatch(undefined);

		expect(await watch.during(Promise.resolve('done'), LIMIT)).toBe('done');
		watch.end();
		await pass(0);

		expect(jest.getTimerCount()).toBe(0);
	});

	it('throws what the work throws, and leaves no timer', async () => {
		const watch = new LineWatch(undefined);

		await expect(watch.during(Promise.reject(new Error('reset')), LIMIT)).rejects.toThrow('reset');
		watch.end();
		await pass(0);

		expect(jest.getTimerCount()).toBe(0);
	});

	it('cuts a line on which nothing moves, with the limit in its reason', async () => {
		const watch = new LineWatch(undefined);
		const seen = outcomeOf(watch.during(never, LIMIT));

		await pass(LIMIT - 1);
		expect(seen.outcome).toBe('waiting');
		await pass(LIMIT / 10 + 1);

		expect(seen.outcome).toBeInstanceOf(StillLineError);
		expect(seen.outcome).toMatchObject({
			message: 'no byte moved for 100 seconds',
			code: 'ETIMEDOUT',
		});
		expect(watch.signal.aborted).toBe(true);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('cuts no line on which something moves, however seldom', async () => {
		const watch = new LineWatch(undefined);
		const seen = outcomeOf(watch.during(never, LIMIT));

		for (let times = 0; times < 50; times++) {
			await pass(LIMIT * 0.85);
			watch.moved();
		}
		expect(seen.outcome).toBe('waiting');
		await pass(LIMIT * 1.2);

		expect(seen.outcome).toBeInstanceOf(StillLineError);
	});

	it('waits twice as long where the rest of a body leaves the sockets unseen', async () => {
		const watch = new LineWatch(undefined);
		const seen = outcomeOf(watch.during(never, LIMIT));
		watch.moved();
		watch.handedOver();

		await pass(LIMIT * 1.9);
		expect(seen.outcome).toBe('waiting');
		await pass(LIMIT * 0.5);

		expect(seen.outcome).toMatchObject({ message: 'no byte moved for 200 seconds' });
	});

	it('is not fooled by a clock that is set', async () => {
		const watch = new LineWatch(undefined);
		const seen = outcomeOf(watch.during(never, LIMIT));

		jest.setSystemTime(Date.now() + 24 * 60 * 60_000);
		await pass(LIMIT / 2);

		expect(seen.outcome).toBe('waiting');
	});

	it('cuts the line at once when the execution is stopped, and listens no longer than it lives', async () => {
		const execution = new AbortController();
		const listening = jest.spyOn(execution.signal, 'addEventListener');
		const deaf = jest.spyOn(execution.signal, 'removeEventListener');
		const watch = new LineWatch(execution.signal);
		const seen = outcomeOf(watch.during(never, LIMIT));
		const told = jest.fn();
		watch.beforeCut = told;

		execution.abort(new Error('stopped'));
		await pass(0);

		expect(seen.outcome).toMatchObject({ message: 'stopped' });
		expect(told).toHaveBeenCalledWith(execution.signal.reason);
		watch.end();
		expect(deaf).toHaveBeenCalledTimes(listening.mock.calls.length);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('begins with no request of an execution that was stopped before', async () => {
		const watch = new LineWatch(AbortSignal.abort(new Error('stopped')));

		await expect(watch.during(never, LIMIT)).rejects.toThrow('stopped');
		expect(watch.signal.aborted).toBe(true);
	});
});
