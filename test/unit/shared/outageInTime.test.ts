import { setTimeout as sleep } from 'node:timers/promises';

import { JOBS_STARTED, useStage } from '../harness/stage';

// the true clock, which the other unit tests stop
jest.mock('n8n-workflow', () => jest.requireActual<object>('n8n-workflow'));

const stage = useStage();
const isLook = ({ call }: { call: string }) => /^GET \/(jobs|transcribe)/.test(call);

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
