import type * as Workflow from 'n8n-workflow';

type Sleep = typeof Workflow.sleep;

/** The pack's sleep in an n8n that gives these functions for it. */
function sleepOf(functions: { sleep: Sleep; sleepWithAbort?: Sleep }): Sleep {
	let sleep: Sleep | undefined;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => functions);
		sleep = jest.requireActual<{ sleep: Sleep }>('../../../../nodes/shared/core/sleep').sleep;
	});
	return sleep!;
}

/** n8n's own, as this version has it. */
const { sleep: now } = jest.requireActual<typeof Workflow>('n8n-workflow');

/** As n8n 1.x and 2.0 have it: the one that knows a signal is under another name. */
const before: Sleep = async (milliseconds) => await now(milliseconds);

const A_DAY = 24 * 60 * 60_000;

describe.each([
	['that gives it the signal', { sleep: now }],
	['of 1.x, where another function takes the signal', { sleep: before, sleepWithAbort: now }],
])('a wait in an n8n %s', (_version, functions) => {
	const sleep = sleepOf(functions);

	it('ends by itself', async () => {
		await expect(sleep(1)).resolves.toBeUndefined();
		await expect(sleep(1, new AbortController().signal)).resolves.toBeUndefined();
	});

	it('ends at once when the execution is stopped', async () => {
		const stop = new AbortController();
		const waiting = sleep(A_DAY, stop.signal);
		stop.abort(new Error('stopped'));

		await expect(waiting).rejects.toThrow();
	});

	it('does not begin when the execution was stopped', async () => {
		await expect(sleep(A_DAY, AbortSignal.abort(new Error('stopped')))).rejects.toThrow();
	});

	it('goes on for longer than a timer can hold', async () => {
		jest.useFakeTimers();
		let isOver = false;
		const stop = new AbortController();
		const waiting = sleep(30 * A_DAY, stop.signal).then(() => (isOver = true));

		await jest.advanceTimersByTimeAsync(29 * A_DAY);
		expect(isOver).toBe(false);
		await jest.advanceTimersByTimeAsync(A_DAY);
		await waiting;

		expect(jest.getTimerCount()).toBe(0);
		jest.useRealTimers();
	});
});
