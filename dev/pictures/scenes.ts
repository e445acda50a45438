import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { N8nInstance } from '../n8n/instance';
import type { Execution } from '../n8n/types';

const LOADING_MILLISECONDS = 90_000;
const SETTLING_MILLISECONDS = 3000;

/** The execution of a workflow in which the most nodes ran, on the canvas. */
export async function showFullestExecution(
	page: Page,
	n8n: N8nInstance,
	workflowId: string,
	file: string,
): Promise<void> {
	const summaries = await n8n.client.executions(workflowId);
	const ended = summaries.filter(({ status }) => status === 'success');
	const executions = await Promise.all(ended.map(async ({ id }) => await n8n.client.execution(id)));
	const nodesRun = (execution: Execution) => Object.keys(execution.data.resultData.runData).length;
	const [fullest] = executions.sort((a, b) => nodesRun(b) - nodesRun(a));
	if (!fullest) throw new Error('No execution was kept');
	await page.goto(`${n8n.url}/workflow/${workflowId}/executions/${fullest.id}`);
	const canvas = page.getByTestId('canvas-wrapper').first();
	await canvas.getByTestId('canvas-node').first().waitFor({ timeout: LOADING_MILLISECONDS });
	await closeChecklist(page);
	await page.getByTestId('zoom-to-fit').click();
	await page.waitForTimeout(SETTLING_MILLISECONDS);
	await canvas.screenshot({ path: file });
}

/** n8n lays its advice for going live over the canvas of a published workflow. */
async function closeChecklist(page: Page): Promise<void> {
	const close = page.getByText('Production Checklist').locator('..').getByRole('button');
	if (await close.isVisible()) await close.click();
}

/** A node's panel, as it is when it was just added. */
export async function showNode(
	page: Page,
	n8n: N8nInstance,
	name: string,
	file: string,
): Promise<void> {
	const node = {
		id: randomUUID(),
		name: name.charAt(0).toUpperCase() + name.slice(1),
		type: `n8n-nodes-transcription.${name}`,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const workflow = await n8n.client.createWorkflow({
		name: `Picture of ${name}`,
		nodes: [node],
		connections: {},
	});
	await page.goto(`${n8n.url}/workflow/${workflow.id}/${node.id}`);
	await page
		.getByTestId('ndv')
		.or(page.getByTestId('node-parameters'))
		.first()
		.waitFor({ timeout: LOADING_MILLISECONDS });
	await page.waitForTimeout(SETTLING_MILLISECONDS);
	await page.screenshot({ path: file });
	await n8n.client.deleteWorkflow(workflow.id);
}
