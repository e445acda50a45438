import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../../dev/n8n/types';
import { until } from '../rig/basics/until';
import { useProvider } from '../rig/providers/provider';
import { byHand, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';
import { canPark, found } from './thisN8n';

const ROUNDS = 3;
const PARKING_SECONDS = 60;

describe('waiting for a callback', () => {
	const provider = useProvider('scriptivox', 'scriptivoxApi');

	const items: INode = {
		...nodeOf('Items', 'n8n-nodes-base.code', {
			jsCode: `return Array.from({ length: ${ROUNDS} }, (_, number) => ({ json: { number } }));`,
		}),
		typeVersion: 2,
	};

	const transcribe = () =>
		provider.action('Transcribe', 'transcription', 'transcribe', {
			inputType: 'url',
			url: "={{ 'https://example.com/slow-1s-' + ($json.number ?? 0) + '.mp3' }}",
			wait: 'webhook',
		});

	/** One transcript after the other, each parked. */
	function rounds(): WorkflowJson {
		const loop: INode = {
			...nodeOf('Loop', 'n8n-nodes-base.splitInBatches', { batchSize: 1, options: {} }),
			typeVersion: 3,
		};
		const workflow = rowOf('Rounds', byHand(), items, loop);
		const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
		workflow.nodes.push(transcribe());
		workflow.connections.Loop = { main: [[], [to('Transcribe')]] };
		workflow.connections.Transcribe = { main: [[to('Loop')]] };
		return workflow;
	}

	const inOrder = (executionOrder: string, workflow: WorkflowJson): WorkflowJson => ({
		...workflow,
		settings: { saveManualExecutions: true, executionOrder },
	});

	async function untilParked(id: string): Promise<void> {
		const { executions } = provider.n8n.client;
		const isParked = async () => (await executions.get(id)).status === 'waiting';
		await until('The execution is parked', isParked, PARKING_SECONDS);
	}

	if (canPark) {
		it.each(['v1', 'v0'])('parks, and goes on with the transcript (order %s)', async (order) => {
			const { client } = provider.n8n;
			const workflow = inOrder(order, rowOf('Parked', byHand(), transcribe()));
			const { id } = await client.createWorkflow(workflow);
			const executionId = await client.runWorkflow(id, 'By Hand');
			await untilParked(executionId);
			// no call without the token may wake it
			const [bare] = provider.simulator.scriptivox.jobs()[0]!.webhookUrl!.split('?');
			expect((await fetch(bare!, { method: 'POST' })).status).toBe(401);

			expect((await client.executions.end(executionId)).status).toBe('success');
			expect(provider.simulator.scriptivox.statistics()).toMatchObject({ jobs: 1, paidJobs: 1 });
		});

		it('parks in every round of a loop', async () => {
			const execution = await provider.ran(inOrder('v1', rounds()));

			expect(execution.status).toBe('success');
			const runs = execution.data.resultData.runData.Transcribe!.filter(
				({ data }) => data?.main?.[0]?.length,
			);
			expect(runs).toHaveLength(ROUNDS);
			expect(provider.simulator.scriptivox.statistics()).toMatchObject({ jobs: ROUNDS });
			found('Wait until called back, also in loops', 'yes');
		});
	} else {
		it('is refused before anything is paid, with the version that can', async () => {
			for (const order of ['v1', 'v0']) {
				const execution = await provider.ran(
					inOrder(order, rowOf('Refused', byHand(), transcribe())),
				);

				expect(execution.status).toBe('error');
				expect(execution.data.resultData.error).toMatchObject({
					message: 'This n8n is too old to wait for a callback',
					description: expect.stringContaining('version 2.15') as string,
				});
				expect(outputOf(execution, 'Transcribe')).toBeUndefined();
			}
			expect(provider.simulator.scriptivox.statistics()).toMatchObject({ jobs: 0, paidJobs: 0 });
			found('Wait until called back, also in loops', 'refused, needs 2.15');
		});
	}
});
