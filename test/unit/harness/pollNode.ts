import { PollContext } from 'n8n-core';
import type { INodeExecutionData, WorkflowExecuteMode } from 'n8n-workflow';

import { prepareNode } from './workflow';
import type { NodeSetup } from './workflow';

/** A look of a polling trigger. */
export interface Poll extends NodeSetup {
	/** `manual` while somebody tests in the editor. */
	mode?: WorkflowExecuteMode;
}

/**
 * Lets a polling trigger look once, in n8n-core's own context, as when its workflow has just started
 * to listen; null where it finds nothing new.
 */
export async function pollNode(poll: Poll): Promise<INodeExecutionData[] | null> {
	return await polling(poll)();
}

/** Looks of a workflow that listens, one after the other, all in one context. */
export function polling({
	mode = 'trigger',
	...setup
}: Poll): () => Promise<INodeExecutionData[] | null> {
	const { workflow, node, additionalData } = prepareNode(setup);
	const context = new PollContext(workflow, node, additionalData, mode, 'init');
	return async () => (await setup.node.poll!.call(context))?.[0] ?? null;
}
