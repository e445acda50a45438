import type { N8nInstance } from '../../dev/n8n/instance';

/** Takes away what tests have left in an n8n: workflows with their executions, credentials, Data Tables. */
export async function emptyN8n({ client }: Pick<N8nInstance, 'client'>): Promise<void> {
	const { executions, credentials, tables } = client;
	const workflows = await client.workflows();
	for (const { id } of workflows) await client.unpublishWorkflow(id);
	for (const { id } of workflows) {
		const underWay = await executions.newest(id, 'new', 'running', 'waiting');
		for (const execution of underWay) await executions.stop(execution.id);
	}
	for (const { id } of workflows) await client.deleteWorkflow(id);
	for (const { id } of await credentials.all()) await credentials.delete(id);
	for (const { id } of await tables.list()) await tables.delete(id);
}
