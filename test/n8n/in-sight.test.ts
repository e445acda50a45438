import type { INode, INodeParameters } from 'n8n-workflow';
import { lookUntil } from '../../dev/lookUntil';
import type { Execution } from '../../dev/n8n/types';
import { until } from '../rig/basics/until';
import { useProvider } from '../rig/providers/provider';
import { byHand, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';

/** A job that does not end while the test runs. */
const RUNS_ON = 'https://example.com/stuck-job.mp3';
const NOTED_WITHIN_SECONDS = 10;

describe('a paid job, in n8n', () => {
	const provider = useProvider('transcripton', 'transcriptonApi');
	const transcribe = (parameters: INodeParameters, more: Partial<INode> = {}): INode => ({
		...provider.action('Transcribe', 'job', 'transcribe', {
			inputType: 'url',
			options: { pollIntervalSeconds: 0.2, requestsPerMinute: 0 },
			...parameters,
		}),
		...more,
	});
	const links = (...urls: string[]): INode => ({
		...nodeOf('Links', 'n8n-nodes-base.code', {
			jsCode: `return ${JSON.stringify(urls.map((url) => ({ json: { url } })))};`,
		}),
		typeVersion: 2,
	});
	const transcripton = () => provider.simulator.transcripton;
	const jobs = () => transcripton().jobs();

	/** What n8n gives of an execution, with its custom data. */
	async function endOf(id: string): Promise<Execution & { customData?: Record<string, string> }> {
		return await provider.n8n.client.executions.end(id);
	}

	/** The same once n8n has written the custom data, which comes last. */
	async function notedEndOf(id: string) {
		const noted = await lookUntil(NOTED_WITHIN_SECONDS, async () => {
			const execution = await endOf(id);
			return Object.keys(execution.customData ?? {}).length > 0 ? execution : undefined;
		});
		return noted ?? (await endOf(id));
	}

	async function started(settings: object = {}): Promise<string> {
		const { client } = provider.n8n;
		const row = rowOf('Stopped', byHand(), links(RUNS_ON), transcribe({ url: '={{ $json.url }}' }));
		const { id } = await client.createWorkflow({
			...row,
			settings: { saveManualExecutions: true, ...settings },
		});
		const execution = await client.runWorkflow(id, 'By Hand');
		// from then on the node knows the job, which is there before its ID has come
		await until('The node has asked for the state of its job', () => {
			return (transcripton().statistics().requests['GET /jobs/{id}'] ?? 0) > 0;
		});
		return execution;
	}

	it('is paid once where n8n tries again because of a neighbour', async () => {
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			provider.simulator.reset();
			const execution = await provider.ranByHand(
				'Retry On Fail',
				links('ftp://example.com/a.mp3', 'https://example.com/b.mp3', 'https://example.com/c.mp3'),
				transcribe(
					{ url: '={{ $json.url }}' },
					{ retryOnFail: true, maxTries: 3, waitBetweenTries: 10, onError },
				),
			);

			expect(execution.status).toBe('success');
			expect(jobs()).toHaveLength(2);
		}
	});

	it('is in the custom data of an execution that a user stops', async () => {
		const id = await started();

		await provider.n8n.client.executions.stop(id);

		const execution = await notedEndOf(id);
		expect(execution.status).toBe('canceled');
		expect(execution.customData).toEqual({ jobs_under_way: `Transcripton ${jobs()[0]!.id}` });
	});

	it('is in the message of an execution that its time limit stops', async () => {
		const id = await started({ executionTimeout: 2 });

		const execution = await notedEndOf(id);
		expect(execution.status).toBe('canceled');
		expect(execution.data.resultData.error?.message).toBe(
			`Execution canceled: job ${jobs()[0]!.id} keeps running at Transcripton`,
		);
	});

	it('is waited for again when somebody retries the execution', async () => {
		transcripton().fail({
			endpoint: 'GET /jobs/{id}',
			kind: 'status',
			status: 401,
			times: 1,
		});
		const failed = await provider.ran({
			...rowOf(
				'Retried',
				byHand(),
				links('https://example.com/a.mp3'),
				transcribe({ url: '={{ $json.url }}' }),
			),
			settings: { saveManualExecutions: true },
		});
		expect(failed.status).toBe('error');

		const retried = await endOf(await provider.n8n.client.executions.retry(failed.id));
		expect(retried.status).toBe('success');
		expect(outputOf(retried, 'Transcribe')).toMatchObject([{ status: 'completed' }]);
		expect(jobs()).toHaveLength(1);
	});
});
