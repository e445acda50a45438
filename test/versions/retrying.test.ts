import type { INode } from 'n8n-workflow';
import { useProvider } from '../rig/providers/provider';
import { outputOf } from '../rig/workflows/workflows';
import { found } from './thisN8n';

describe('Retry On Fail', () => {
	const provider = useProvider('transcripton', 'transcriptonApi');

	it('pays once for a transcript whose error is null', async () => {
		const transcribe: INode = {
			...provider.action('Transcribe', 'job', 'transcribe', {
				options: { pollIntervalSeconds: 0.2 },
			}),
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 10,
		};
		const execution = await provider.ranByHand(
			'Retried',
			provider.readSample('voice-memo.m4a'),
			transcribe,
		);

		expect(outputOf(execution, 'Transcribe')).toMatchObject([{ status: 'completed', error: null }]);
		expect(provider.simulator.transcripton.statistics()).toMatchObject({ jobs: 1, paidJobs: 1 });
		found('Retry On Fail pays once', 'yes');
	});
});
