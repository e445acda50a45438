import { PollContext } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';

import { prepareNode } from './workflow';
import type { NodeSetup } from './workflow';

/** Lets a polling trigger look once, in n8n-core's own context; null where it finds nothing new. */
export async function pollNode(setup: NodeSetup): Promise<INodeExecutionData[] | null> {
	const { workflow, node, additionalData } = prepareNode(setup);
	const context = new PollContext(workflow, node, additionalData, 'trigger', 'init');
	const outputs = await setup.node.poll!.call(context);
	return outputs?.[0] ?? null;
}
