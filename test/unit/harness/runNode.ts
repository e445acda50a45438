import { ExecuteContext } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type {
	EngineResponse,
	IExecuteData,
	INodeExecutionData,
	IRunExecutionData,
	NodeExecutionHint,
	NodeOutput,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { prepareNode } from './workflow';
import type { NodeSetup } from './workflow';

/** An execution of an action node. */
export interface Run extends NodeSetup {
	/** The node's input; one empty item by default. */
	items?: INodeExecutionData[];
	/** `manual` while somebody runs it in the editor; `trigger` by default. */
	mode?: WorkflowExecuteMode;
	/** How many times the node ran before in this execution, as within a loop. */
	runIndex?: number;
	/** What n8n keeps of the execution; give the same one for a node's retry. */
	runExecutionData?: IRunExecutionData;
	/** The signal that n8n aborts when the user stops the execution. */
	signal?: AbortSignal;
	/** Where the input came from, and what n8n keeps beside it; by default nobody knows. */
	executeData?: Partial<IExecuteData>;
	/** What n8n 2 gives `execute`; null for an older n8n, which gives nothing. */
	response?: EngineResponse | null;
	/** Receives what the node tells the user beside its output. */
	hints?: NodeExecutionHint[];
}

/**
 * Executes a node in n8n-core's own execution context, over n8n's own HTTP stack.
 *
 * @returns the items of the node's first output
 * @throws whatever the node throws
 */
export async function runNode(run: Run): Promise<INodeExecutionData[]> {
	const outputs = (await executeNode(run)) as INodeExecutionData[][];
	return outputs[0] ?? [];
}

/** The same, with all that the node gives n8n. */
export async function executeNode({
	items = [{ json: {} }],
	mode = 'trigger',
	runIndex = 0,
	runExecutionData = createRunExecutionData({}),
	signal,
	executeData = {},
	response = { actionResponses: [], metadata: {} },
	hints = [],
	...setup
}: Run): Promise<NodeOutput> {
	const { workflow, node, additionalData } = prepareNode(setup);
	const data = { main: [items] };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		mode,
		runExecutionData,
		runIndex,
		items,
		data,
		Object.assign(executeData, { data, node, source: executeData.source ?? null }),
		[],
		signal,
	);
	const output = await setup.node.execute!.call(context, response ?? undefined);
	hints.push(...context.hints);
	return output;
}

/** What a node throws, for a test to look at; fails where it throws nothing. */
export async function errorOf(run: Promise<unknown>): Promise<Error & Record<string, unknown>> {
	try {
		await run;
	} catch (error) {
		return error as Error & Record<string, unknown>;
	}
	throw new Error('The node threw nothing');
}

/** All that a user, a log or an error workflow could read of an error. */
export function everythingSaidBy(error: unknown): string {
	const { message, stack, ...rest } = error as Error;
	const described = JSON.stringify(error, (_key, value: unknown) =>
		typeof value === 'bigint' ? String(value) : value,
	);
	return [message, stack, described, JSON.stringify(rest)].join('\n');
}
