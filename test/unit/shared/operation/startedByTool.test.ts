import { createRequire } from 'node:module';

import { SupplyDataContext } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type { IDataObject, INodeType } from 'n8n-workflow';

import { errorOf, JOBS_STARTED, useStage } from '../../harness';
import { prepareNode } from '../../harness/workflow';
import type { OperationCall } from '../../../everyOperation/operations';
import type { StageCall } from '../../../everyOperation/stage';

const stage = useStage();
const LINKS = JOBS_STARTED.filter(([name]) => name.endsWith(' url'));
const isStart = ({ call }: StageCall) => /^POST \/(transcribe(\/url)?|jobs\/from-url)$/.test(call);
const isLook = ({ call }: StageCall) => /^GET \/(jobs|transcribe)\/[^?]+$/.test(call);
const starts = () => stage.calls.filter(isStart);

/** How n8n calls a tool: n8n-core's own function, which it makes the agent's tool of. */
type Invocation = (toolArgs: IDataObject) => Promise<unknown>;
const inCore = createRequire(require.resolve('n8n-core'));
const { makeHandleToolInvocation } = inCore(
	'./execution-engine/node-execution-context/utils/get-input-connection-data',
) as {
	makeHandleToolInvocation(
		contextFactory: (runIndex: number) => SupplyDataContext,
		node: object,
		nodeType: INodeType,
		runExecutionData: object,
	): Invocation;
};

/** A node as the tool of an agent, in one execution. */
function agent({ provider, resource, operation, parameters }: OperationCall) {
	const setup = stage.setupOf({ provider, resource, operation, parameters });
	const { description } = setup.node;
	const node = Object.assign(Object.create(setup.node) as INodeType, {
		description: { ...description, name: `${description.name}Tool` },
	});
	const parametersWith = (url: string) => ({ ...setup.parameters, url });
	const own = { ...setup, node, parameters: parametersWith('={{ $json.url }}') };
	const fromAi = { ...own, parameters: parametersWith('={{ $fromAI("url") }}') };
	const runExecutionData = createRunExecutionData({});
	return {
		/** The agent calls the node as n8n 2 lets it: a run of the workflow's engine for each call. */
		call: async (url: string, runIndex: number, id = `call_${runIndex}`) =>
			await stage.run(
				{ provider, resource, operation, parameters },
				{},
				{
					...own,
					items: [{ json: { url, toolCallId: id } }],
					runIndex,
					runExecutionData,
				},
			),
		/** The same within the agent's own run, as older n8n and nested agents do it. */
		invocation(retryOnFail: boolean): Invocation {
			const { workflow, node: placed, additionalData } = prepareNode({ ...fromAi, retryOnFail });
			const contextOf = (runIndex: number) =>
				new SupplyDataContext(
					workflow,
					placed,
					additionalData,
					'trigger',
					runExecutionData,
					runIndex,
					[{ json: {} }],
					{},
					'ai_tool',
					{ data: {}, node: placed, source: null },
					[],
					undefined,
					placed,
				);
			const quick = { ...placed, waitBetweenTries: 0 };
			return makeHandleToolInvocation(contextOf, quick, node, runExecutionData);
		},
	};
}
const link = (name: string) => `https://example.com/${name}.mp3`;

describe.each(LINKS)('a tool of an agent: %s', (_name, call) => {
	const refuseOnce = () => {
		let refusals = 0;
		stage.meddle = (one) =>
			isLook(one) && refusals++ === 0 ? { status: 401, body: {} } : undefined;
	};

	it('starts two jobs for two links of one message', async () => {
		const { call: callTool } = agent(call);

		await Promise.all([callTool(link('a'), 0), callTool(link('b'), 1)]);

		expect(starts()).toHaveLength(2);
	});

	it('starts two jobs for the same link twice in one message, and after a success', async () => {
		const { call: callTool } = agent(call);

		await Promise.all([callTool(link('a'), 0), callTool(link('a'), 1)]);
		await callTool(link('a'), 2);

		expect(starts()).toHaveLength(3);
	});

	it('goes on with the job where n8n tries the call again', async () => {
		refuseOnce();
		const { call: callTool } = agent(call);

		await errorOf(callTool(link('a'), 0));
		await callTool(link('a'), 0);

		expect(starts()).toHaveLength(1);
	});

	it('takes a call that asks for the same as one that failed for its retry', async () => {
		refuseOnce();
		const { call: callTool } = agent(call);

		await errorOf(callTool(link('a'), 0));
		await callTool(link('b'), 1);
		await callTool(link('a'), 2);

		expect(starts()).toHaveLength(2);
	});

	describe('called within the agent’s run', () => {
		it('starts a job for each link, under keys of their own', async () => {
			const invoke = agent(call).invocation(false);

			await Promise.all([invoke({ url: link('a') }), invoke({ url: link('b') })]);
			await invoke({ url: link('a') });

			expect(starts()).toHaveLength(3);
			const keys = starts().map(({ headers }) => headers['idempotency-key']);
			if (call.provider !== 'transcripton') expect(new Set(keys).size).toBe(3);
		});

		it('does not take another link after an error for a retry', async () => {
			refuseOnce();
			const invoke = agent(call).invocation(false);

			await errorOf(invoke({ url: link('a') }));
			await invoke({ url: link('b') });

			expect(starts()).toHaveLength(2);
			expect(starts()[1]!.body).toContain(link('b'));
		});

		it('goes on with the job where n8n tries again by itself', async () => {
			refuseOnce();

			const answer = await agent(call).invocation(true)({ url: link('a') });

			expect(String(answer)).toContain('completed');
			expect(starts()).toHaveLength(1);
		});

		it('goes on with the job where the model asks again after an error', async () => {
			refuseOnce();
			const invoke = agent(call).invocation(false);

			await errorOf(invoke({ url: link('a') }));
			await invoke({ url: link('a') });

			expect(starts()).toHaveLength(1);
		});
	});
});
