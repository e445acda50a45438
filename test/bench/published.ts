import type { INode } from 'n8n-workflow';
import type { N8nInstance } from '../../dev/n8n/instance';
import type { WorkflowJson } from '../../dev/n8n/types';
import { nodeOf } from '../rig/workflows';

/**
 * n8n's own Webhook node, for a path of n8n.
 *
 * @param responseMode when it answers: `onReceived` or `lastNode`
 */
export function webhookNode(path: string, responseMode: string): INode {
	const parameters = { httpMethod: 'POST', path, responseMode, options: {} };
	return {
		...nodeOf('Hook', 'n8n-nodes-base.webhook', parameters),
		typeVersion: 2,
		webhookId: path,
	};
}

/** Publishes a workflow, with the order of execution that the editor gives to new ones; gives its ID. */
export async function publish(n8n: N8nInstance, workflow: WorkflowJson): Promise<string> {
	const { id } = await n8n.client.createWorkflow({
		...workflow,
		settings: { executionOrder: 'v1' },
	});
	await n8n.client.publishWorkflow(id);
	return id;
}

/** How many executions of a workflow are in a status, as n8n counts them. */
export async function countOf(
	n8n: N8nInstance,
	workflowId: string,
	status: string,
): Promise<number> {
	const { count } = await n8n.client.request<{ count: number }>('GET', '/rest/executions', {
		query: { filter: JSON.stringify({ workflowId, status: [status] }), limit: '1' },
	});
	return count;
}

/**
 * Calls a webhook many times, ten at a time, with `{ number }` from 0.
 *
 * @throws Error where a call is not answered with 2xx
 */
export async function callMany(n8n: N8nInstance, path: string, count: number): Promise<void> {
	let next = 0;
	const caller = async () => {
		while (next < count) {
			const answer = await fetch(`${n8n.url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ number: next++ }),
			});
			if (!answer.ok) throw new Error(`The workflow was answered with ${answer.status}`);
			await answer.arrayBuffer();
		}
	};
	await Promise.all(Array.from({ length: CALLS_AT_ONCE }, caller));
}

/** How many calls of a webhook are under way at once. */
export const CALLS_AT_ONCE = 10;
