import type { INode } from 'n8n-workflow';
import type { N8nInstance } from '../../../dev/n8n/instance';
import type { WorkflowJson } from '../../../dev/n8n/types';
import { nodeOf } from './workflows';

/** How many calls of a webhook are under way at once. */
export const CALLS_AT_ONCE = 10;

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
		settings: { executionOrder: 'v1', ...workflow.settings },
	});
	await n8n.client.publishWorkflow(id);
	return id;
}

/**
 * Does something with each of several values, several at once, the last first.
 *
 * @param atOnce how many are under way at once
 */
export async function eachAtOnce<T extends string | object>(
	values: readonly T[],
	atOnce: number,
	act: (value: T) => Promise<void>,
): Promise<void> {
	const left = [...values];
	const worker = async () => {
		for (let value = left.pop(); value !== undefined; value = left.pop()) await act(value);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * Calls a webhook once for each body, ten at a time, the last first.
 *
 * @throws Error where a call is not answered with 2xx
 */
export async function callMany(url: string, bodies: object[]): Promise<void> {
	await eachAtOnce(bodies, CALLS_AT_ONCE, async (body) => {
		const answer = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`A call was answered with ${answer.status}.`);
		await answer.arrayBuffer();
	});
}

/** Bodies that count from 0: `{ number }`. */
export function numbered(count: number): Array<{ number: number }> {
	return Array.from({ length: count }, (_, number) => ({ number }));
}
