import { join } from 'node:path';
import type { N8nClient } from '../n8n/client';
import type { N8nInstance } from '../n8n/instance';
import type { CredentialReference, NewCredential } from '../n8n/types';
import type { WatchedFolders } from './folders';
import type { Service } from './service';
import { readTemplate, type Settings } from '../templates/template';
import { configure, installWorkflow, webhookUrlOf } from './workflow';

/**
 * Puts the folder watcher into n8n as a user would: credentials, import, settings, publish. A
 * service that cannot call n8n gets the polling-only template.
 *
 * @param n8nFolder n8n's user folder, absolute
 * @returns the id of the workflow
 */
export async function installWatcher(
	n8n: N8nInstance,
	n8nFolder: string,
	service: Service,
	folders: WatchedFolders,
): Promise<string> {
	const credential = await storeCredential(n8n.client, service.credential);
	for (const other of service.otherCredentials) await storeCredential(n8n.client, other);
	const webhookBaseUrl = service.webhookBaseUrl(n8n.url);
	const name = webhookBaseUrl === null ? 'folder-watcher-polling' : 'folder-watcher';
	const template = await readTemplate(name);
	const settings: Settings = {
		inputFolder: folders.input,
		outputFolder: folders.output,
		doneFolder: folders.done,
		failedFolder: folders.failed,
		// the samples are whole as soon as they are there
		settleSeconds: 2,
	};
	if (webhookBaseUrl !== null) settings.webhookUrl = webhookUrlOf(template, webhookBaseUrl);
	return await installWorkflow(
		n8n.client,
		template,
		join(n8nFolder, `${name}.imported.json`),
		(workflow) => configure(workflow, credential, settings),
	);
}

/** Stores a credential, in place of the one that has its name already. */
async function storeCredential(
	client: N8nClient,
	credential: NewCredential,
): Promise<CredentialReference> {
	const stored = (await client.credentials.ofType(credential.type)).find(
		({ name }) => name === credential.name,
	);
	if (stored === undefined) return await client.credentials.create(credential);
	await client.credentials.update(stored.id, credential);
	return { id: stored.id, name: stored.name };
}
