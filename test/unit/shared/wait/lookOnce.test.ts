import { callsOf, errorOf, JOBS_STARTED, useStage, waits } from '../../harness';
import type { OperationCall } from '../../../everyOperation/operations';
import type { StageCall } from '../../../everyOperation/stage';

const stage = useStage();
const once = { timeoutMinutes: 0, maxRetries: 0 };
const isLook = ({ call }: StageCall) => /^GET \/(jobs|transcribe|sources)/.test(call);

/** A job that has not ended, as the provider writes it. */
function running({ provider }: OperationCall) {
	if (provider === 'scripe') return { data: { id: 'job_5gH6iJ7kL8', status: 'RUNNING' } };
	return { id: 'x', job_id: 'x', status: 'processing' };
}

describe('waiting with a time limit of 0', () => {
	const starting = JOBS_STARTED.filter(([, { operation }]) => operation !== 'job wait');

	describe.each(callsOf(/(transcription|job) wait$/))('%s', (_name, call) => {
		it('looks once, and says where the job stands', async () => {
			let looks = 0;
			stage.meddle = (one) => {
				if (!isLook(one)) return undefined;
				looks += 1;
				return { status: 200, body: running(call) };
			};

			const error = await errorOf(stage.run(call, once));

			expect(error.message).toMatch(/has not finished within 0 minutes: job \S+ is processing/);
			expect(looks).toBe(1);
			expect(waits).toEqual([]);
		});

		it('gives what has ended', async () => {
			const [item] = await stage.run(call, once);

			expect(item!.json.error ?? null).toBeNull();
			expect(item!.json.status ?? 'completed').toBe('completed');
		});
	});

	it.each(starting)('is refused by %s, before a job is started', async (_name, call) => {
		const requests: string[] = [];
		stage.meddle = (one) => {
			requests.push(one.call);
			return undefined;
		};

		const error = await errorOf(stage.run(call, once));

		expect(error.message).toContain('Timeout must be a number from 0.01 to 10080');
		expect(requests).toEqual([]);
	});
});
