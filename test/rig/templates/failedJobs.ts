import type { INode } from 'n8n-workflow';
import type { CredentialReference } from '../../../dev/n8n/types';
import type { Gallery, ImportOptions } from './gallery';

/** The Data Table of the template. */
export const FAILED_JOBS = 'Failed jobs';

/** As docs/templates/failed-jobs.md names them. */
const SCOPES = ['execution:list', 'execution:read', 'execution:retry'];
const CALL_N8N = ['Crashed Executions', 'Read Crashed', 'Read Execution', 'Retry Execution'];

/** Whether a node of the template calls n8n's API. */
export function callsN8n({ name }: INode): boolean {
	return CALL_N8N.includes(name);
}

/** Publishes the template with an API key of the n8n that it runs in; returns its ID. */
export async function publishFailedJobs(gallery: Gallery, options: ImportOptions): Promise<string> {
	const n8nApi = await credentialOfApi(gallery);
	return await gallery.publishTemplate('failed-jobs', {
		...options,
		edit(workflow) {
			for (const node of workflow.nodes.filter(callsN8n)) node.credentials = { n8nApi };
			options.edit?.(workflow);
		},
	});
}

async function credentialOfApi({ n8n }: Gallery): Promise<CredentialReference> {
	const body = { label: 'Failed jobs', scopes: SCOPES, expiresAt: null };
	const { rawApiKey } = await n8n.client.request<{ rawApiKey: string }>('POST', '/rest/api-keys', {
		body,
	});
	const data = { apiKey: rawApiKey, baseUrl: `${n8n.url}/api/v1` };
	return await n8n.client.credentials.create({ name: 'n8n', type: 'n8nApi', data });
}
