import type { EngineResponse, IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../../shared/core/errors';
import type { Provider } from '../../shared/core/provider';
import { canReach } from '../../shared/http/reach';
import { isTool } from '../../shared/operation/toolOutput';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Checks that the run can be parked: one item, in an execution that n8n can go on with.
 *
 * @param response what n8n gave the node's `execute`; undefined in versions that cannot run a node again
 * @throws NodeOperationError where it cannot, saying what to change
 */
export function checkPlace(context: IExecuteFunctions, response: EngineResponse | undefined): void {
	const refuse = (message: string, description: string) => {
		throw inputError(context.getNode(), message, { description });
	};
	if (isTool(context)) {
		refuse(
			'A tool cannot wait for a callback',
			'An agent waits for its tools. Set Wait to Do Not Wait, and give the agent a tool that looks at the job.',
		);
	}
	const items = context.getInputData().length;
	if (items > 1) {
		refuse(
			`Only one item an execution can wait for a callback, and there are ${items}`,
			'An execution is parked as a whole. Start one execution for each item: Loop Over Items with Execute Sub-workflow, as the template "Compare providers" (compare-providers.json) fans out. Or set Wait to Until Finished, which takes many items.',
		);
	}
	if (context.getNode().alwaysOutputData) {
		refuse(
			'Always Output Data does not go with waiting for a callback',
			"Turn it off in the node's settings: n8n would go on with an empty item as well.",
		);
	}
	if (isOnSecondEngine(context)) {
		refuse(
			'Engine 2.0 of n8n cannot wait for a callback',
			'It cannot run the node again afterwards. Take engineType out of the settings of the workflow, or set Wait to Until Finished.',
		);
	}
	if (response === undefined || !hasSignedAddress(context)) {
		refuse(
			'This n8n is too old to wait for a callback',
			'Update n8n to version 2.15 or newer, or set Wait to Until Finished.',
		);
	}
	if (!context.getExecuteData().source?.main?.[0]) {
		refuse(
			'Waiting for a callback needs a node before this one',
			'n8n cannot run the first node of a workflow again. Connect a trigger before the node, or set Wait to Until Finished.',
		);
	}
}

function resumeUrlOf(context: IExecuteFunctions): string {
	return (context.getWorkflowDataProxy(0).$execution as { resumeUrl: string }).resumeUrl;
}

/**
 * Whether the execution's address holds the token that n8n knows its caller by. Those n8n that give
 * none lose parked executions in loops, and with the order of execution of n8n 0.
 */
function hasSignedAddress(context: IExecuteFunctions): boolean {
	return new URL(resumeUrlOf(context)).searchParams.has('signature');
}

/**
 * Whether the workflow runs on n8n's second engine. It tells a node nothing of the workflow's
 * settings, but its executions have a UUID for an ID, where those of the first are numbered.
 */
function isOnSecondEngine(context: IExecuteFunctions): boolean {
	const settings = 'getWorkflowSettings' in context ? context.getWorkflowSettings() : {};
	const { engineType } = settings as { engineType?: string };
	return engineType === 'v2' || UUID.test(context.getExecutionId());
}

/**
 * Where the provider is to report to, so that the execution goes on.
 *
 * @throws NodeOperationError where the provider cannot reach this n8n
 */
export async function callbackUrlOf(
	context: IExecuteFunctions,
	provider: Provider,
): Promise<string> {
	const resumeUrl = resumeUrlOf(context);
	if (await canReach(context, provider, resumeUrl)) return resumeUrl;
	throw inputError(
		context.getNode(),
		`${provider.name} cannot call this n8n back: its address is ${new URL(resumeUrl).origin}`,
		{
			description:
				'Set the environment variable WEBHOOK_URL of n8n to the address by which it is reached from the internet, or set Wait to Until Finished.',
			itemIndex: 0,
		},
	);
}
