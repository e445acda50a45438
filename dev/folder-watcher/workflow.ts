import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { N8nClient } from '../n8n/client';
import type { CredentialReference, WorkflowJson } from '../n8n/types';
import { type Settings, withSettings } from '../templates/template';

const packPrefix = 'n8n-nodes-transcription.';
const credentialType = 'scriptivoxApi';

/**
 * What a user does after importing a template: chooses the credential in our nodes, and changes
 * values in the `Settings` node. The given workflow stays as it is.
 *
 * @throws when the template has no such setting
 */
export function configure(
	workflow: WorkflowJson,
	credential: CredentialReference,
	settings: Settings,
): WorkflowJson {
	const configured = withSettings(workflow, settings);
	for (const node of configured.nodes) {
		if (node.type.startsWith(packPrefix)) node.credentials = { [credentialType]: credential };
	}
	return configured;
}

/** The address that Scriptivox is to call: that of the template's trigger, below n8n's own. */
export function webhookUrlOf(workflow: WorkflowJson, baseUrl: string): string {
	const trigger = workflow.nodes.find(({ type }) => type === `${packPrefix}scriptivoxTrigger`);
	if (trigger?.webhookId === undefined) {
		throw new Error(`The workflow "${workflow.name}" has no Scriptivox Trigger with a webhook id.`);
	}
	return `${baseUrl.replace(/\/+$/, '')}/webhook/${trigger.webhookId}/webhook`;
}

/**
 * Imports a workflow and publishes it; one that was imported before is kept, with what its user
 * changed in the editor, unless the template itself has changed since.
 *
 * @param stateFile where to note what was imported, absolute
 * @param configured gives the workflow its credential and settings
 * @returns the id of the workflow
 */
export async function installWorkflow(
	client: N8nClient,
	template: WorkflowJson,
	stateFile: string,
	configured: (workflow: WorkflowJson) => WorkflowJson,
): Promise<string> {
	const hash = createHash('sha256').update(JSON.stringify(template)).digest('hex');
	const known = await importedBefore(client, stateFile);
	const id = known?.id ?? (await client.createWorkflow(configured(template))).id;
	if (known !== undefined) {
		const kept = known.templateHash === hash ? await client.workflow(id) : template;
		const { name, nodes, connections, settings } = configured(kept);
		await client.updateWorkflow(id, { name, nodes, connections, settings });
	}
	await writeFile(stateFile, JSON.stringify({ id, templateHash: hash }));
	await client.publishWorkflow(id);
	return id;
}

interface Imported {
	id: string;
	templateHash: string;
}

async function importedBefore(client: N8nClient, stateFile: string): Promise<Imported | undefined> {
	const stored = await readFile(stateFile, 'utf8').catch(() => undefined);
	if (stored === undefined) return undefined;
	const imported = JSON.parse(stored) as Imported;
	const workflows = await client.workflows();
	return workflows.some(({ id }) => id === imported.id) ? imported : undefined;
}
