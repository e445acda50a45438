import { setTimeout as sleep } from 'node:timers/promises';

import type { NodeApiError } from 'n8n-workflow';

import { settled } from '../../../../nodes/shared/core/settled';
import type { Run } from '../../harness/runNode';
import { JOBS_STARTED, useStage } from '../../harness/stage';

// the true clock, which the other unit tests stop
jest.mock('n8n-workflow', () => workerModules.require<object>('n8n-workflow'));

const stage = useStage();
const isLook = ({ call }: { call: string }) => /^GET \/(jobs|transcribe)/.test(call);

// a fraction of the usual, so that a test sees the end of it: one retry in place of five, and seconds
jest.mock('../../../../nodes/shared/core/settings', () => ({
	...jest.requireActual<object>('../../../../nodes/shared/core/settings'),
	DEFAULT_MAX_RETRIES: 1,
}));
jest.mock('../../../../nodes/shared/http/lineLimits', () => ({
	LINE_LIMITS: {
		...jest.requireActual<typeof import('../../../../nodes/shared/http/lineLimits')>(
			'../../../../nodes/shared/http/lineLimits',
		).LINE_LIMITS,
		outageSeconds: 5,
	},
}));

describe('a provider that is off the network for a while, on the true clock', () => {
	it.each(JOBS_STARTED)('does not end the wait of %s', async (_name, call) => {
		let isAway = false;
		const seen = new Promise<void>((resolve) => {
			stage.meddle = (one) => {
				if (isLook(one) && !isAway) {
					isAway = true;
					resolve();
					return 'reset';
				}
				return undefined;
			};
		});
		const away = async () => {
			await seen;
			await stage.leave();
			await sleep(700);
			await stage.comeBack();
		};

		const waiting = { pollIntervalSeconds: 0.1, maxRetries: 0, timeoutMinutes: 1 };
		const [[item]] = await Promise.all([stage.run(call, waiting), away()]);

		expect(['completed', 'DONE']).toContain(item!.json.status);
		expect(stage.calls.filter(isLook).length).toBeGreaterThan(1);
	});
});

describe('a provider that is off the network when jobs are started, on the true clock', () => {
	const startAll = async (more: Partial<Run> = {}) =>
		await Promise.all(
			JOBS_STARTED.map(
				async ([, call]) =>
					await settled(stage.run(call, { pollIntervalSeconds: 0.1, maxRetries: 1 }, more)),
			),
		);

	it('for longer than the retries last costs no job, whatever the provider', async () => {
		await stage.leave();
		const started = startAll();
		await sleep(4000);
		await stage.comeBack();

		const statuses = (await started).map((outcome) =>
			'value' in outcome ? outcome.value[0]!.json.status : outcome.failure,
		);
		for (const status of statuses) expect(['completed', 'DONE']).toContain(status);
	});

	it('for good ends each start, and what was not sent is not said to have arrived', async () => {
		await stage.leave();

		const outcomes = await startAll();
		await stage.comeBack();

		for (const { failure } of outcomes as Array<{ failure: NodeApiError }>) {
			expect(failure.message).toContain('the connection was refused');
			expect(failure.description).not.toContain('may have arrived');
		}
	});

	it('is left at once when the execution is stopped', async () => {
		const stop = new AbortController();
		await stage.leave();
		const started = startAll({ signal: stop.signal });
		await sleep(300);
		stop.abort(new Error('stopped by the user'));

		const outcomes = await started;
		await stage.comeBack();

		for (const outcome of outcomes) expect(outcome).toHaveProperty('failure');
		expect(stage.calls).toEqual([]);
	});
});
