import { N8nRequestError } from '../../../dev/n8n/client';
import { UNDER_WAY } from '../../../dev/n8n/executions';
import type { N8nInstance } from '../../../dev/n8n/instance';
import { until } from '../basics/until';

/** Takes away what tests have left in an n8n: workflows with their executions, credentials, Data Tables. */
export async function emptyN8n({ client }: Pick<N8nInstance, 'client'>): Promise<void> {
	const { credentials, tables } = client;
	const workflowIds = (await client.workflows()).map(({ id }) => id);
	for (const id of workflowIds) await client.unpublishWorkflow(id);
	await stopExecutions(client, workflowIds);
	for (const id of workflowIds) await client.deleteWorkflow(id);
	for (const { id } of await credentials.all()) await credentials.delete(id);
	for (const { id } of await tables.list()) await tables.delete(id);
}

/** Stops what runs or waits, and waits until it has ended. */
async function stopExecutions(
	{ executions }: N8nInstance['client'],
	workflowIds: string[],
): Promise<void> {
	await until('no execution runs or waits', async () => {
		const newest = async (id: string) => await executions.newest(id, ...UNDER_WAY);
		const underWay = (await Promise.all(workflowIds.map(newest))).flat();
		for (const { id } of underWay) await executions.stop(id).catch(ifRefused);
		return underWay.length === 0;
	});
}

/** n8n refuses to stop what has ended since it was listed; what has not is listed again. */
function ifRefused(error: unknown): void {
	if (!(error instanceof N8nRequestError)) throw error;
}
