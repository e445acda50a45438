import type { INodeParameters } from 'n8n-workflow';

import {
	nextLookSeconds,
	waitSettings,
	waitUntilFinished,
} from '../../../../nodes/shared/wait/wait';
import { waitingOptions } from '../../../../nodes/shared/fields/optionFields';
import type { TranscriptStatus } from '../../../../nodes/shared/transcript/transcript';
import { errorOf, runNode, START, waits } from '../../harness';
import type { Run } from '../../harness';
import { probe } from '../probe';

/** Waits for a job that stands at these statuses in turn, the last for ever. */
async function waitFor(statuses: TranscriptStatus[], run: Partial<Run> = {}, onRead = () => {}) {
	let reads = 0;
	const waiting = probe(
		async (context, itemIndex) => {
			const settings = waitSettings(context, itemIndex, 5);
			const job = {
				provider: 'Probe',
				readWith: 'Thing: Wait or Thing: Get',
				id: 'job1',
				async read() {
					onRead();
					return { status: statuses[Math.min(reads++, statuses.length - 1)]! };
				},
				statusOf: ({ status }: { status: TranscriptStatus }) => status,
			};
			return [{ json: await waitUntilFinished(context, itemIndex, job, settings) }];
		},
		{ options: waitingOptions(5) },
	);
	const [item] = await runNode({ ...waiting, ...run });
	return { status: item!.json.status, reads };
}

const options = (values: INodeParameters): Partial<Run> => ({ parameters: { options: values } });

describe('waiting for a job', () => {
	it.each<TranscriptStatus>(['completed', 'failed'])(
		'ends at once when it is %s',
		async (status) => {
			expect(await waitFor([status])).toEqual({ status, reads: 1 });
			expect(waits).toEqual([]);
		},
	);

	it('looks in the provider’s cadence', async () => {
		await waitFor(['queued', 'processing', 'processing', 'completed']);

		expect(waits).toEqual([5000, 5000, 5000]);
	});

	it('looks in the user’s cadence', async () => {
		await waitFor(['queued', 'processing', 'completed'], options({ pollIntervalSeconds: 0.5 }));

		expect(waits).toEqual([500, 500]);
	});

	it('looks less often as the job ages, at least every thirty seconds', async () => {
		await waitFor([...Array<TranscriptStatus>(60).fill('processing'), 'completed']);

		expect(waits[0]).toBe(5000);
		expect([...waits].sort((a, b) => a - b)).toEqual(waits);
		expect(waits.at(-1)).toBe(30_000);
	});

	it.each([
		[0, 5, 5],
		[60, 5, 6],
		[10_000, 5, 30],
		[10_000, 120, 120],
		[0, 0.1, 0.1],
	])('at the age of %d s and with an interval of %d s pauses %d s', (age, interval, pause) => {
		expect(nextLookSeconds(age, interval)).toBe(pause);
	});

	it('goes on where n8n’s own database is away for a look', async () => {
		let looks = 0;
		const away = Object.assign(new Error('the database system is starting up'), { code: '57P03' });

		const { status } = await waitFor(['completed'], {}, () => {
			if (++looks === 1) throw away;
		});

		expect(status).toBe('completed');
		expect(waits).toEqual([5000]);
	});

	it('ends with what n8n says otherwise, such as of a credential that is deleted', async () => {
		const error = await errorOf(
			waitFor(['completed'], {}, () => {
				throw new Error('Credential with ID "1" does not exist');
			}),
		);

		expect(error.message).toContain('does not exist');
	});

	it('gives up at the time limit, saying where the job stands and how to get on', async () => {
		const error = await errorOf(waitFor(['processing'], options({ timeoutMinutes: 2 })));

		expect(error.message).toBe(
			'Probe has not finished within 2 minutes: job job1 is processing [item 0]',
		);
		expect(error.description).toContain('Use Thing: Wait or Thing: Get with its ID');
		expect(Date.now()).toBe(START.getTime() + 120_000);
	});

	it('looks once more at the very end of the time limit', async () => {
		const readAt: number[] = [];
		const onRead = () => readAt.push(Date.now() - START.getTime());

		await errorOf(waitFor(['processing'], options({ timeoutMinutes: 0.2 }), onRead));

		expect(readAt).toEqual([0, 5000, 10_000, 12_000]);
	});

	it('waits two hours where the user sets no time limit', async () => {
		await errorOf(waitFor(['queued']));

		expect(Date.now()).toBe(START.getTime() + 120 * 60_000);
	});

	it('ends when the execution is stopped', async () => {
		const stop = new AbortController();
		const onRead = () => stop.abort(new Error('stopped by the user'));

		const run = waitFor(['processing'], { signal: stop.signal }, onRead);

		await expect(run).rejects.toThrow('stopped by the user');
	});

	it.each<[string, number | string, string]>([
		['pollIntervalSeconds', 0, 'Poll Interval must be a number from 0.1 to 3600 [item 0]'],
		['pollIntervalSeconds', 3601, 'Poll Interval must be a number from 0.1 to 3600 [item 0]'],
		['pollIntervalSeconds', 'x', 'Poll Interval must be a number from 0.1 to 3600 [item 0]'],
		['timeoutMinutes', 0, 'Timeout must be a number from 0.01 to 10080 [item 0]'],
		['timeoutMinutes', -1, 'Timeout must be a number from 0.01 to 10080 [item 0]'],
	])('refuses %s %p before the first look', async (name, value, message) => {
		const onRead = jest.fn();

		const error = await errorOf(waitFor(['completed'], options({ [name]: value }), onRead));

		expect(error.message).toBe(message);
		expect(onRead).not.toHaveBeenCalled();
	});
});
