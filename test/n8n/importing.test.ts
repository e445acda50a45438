import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { N8nRequestError } from '../../dev/n8n/client';
import type { NodeTypeDescription, WorkflowJson } from '../../dev/n8n/types';
import { projectFolder } from '../../dev/paths';
import { credentialTypesOf, readTemplate } from '../../dev/templates/template';
import { Gallery } from './gallery';

const names = readdirSync(join(projectFolder, 'templates'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.slice(0, -'.json'.length));

/** n8n's editor gives each node with a webhook an address of its own when a workflow is imported. */
function withFreshWebhooks(workflow: WorkflowJson): void {
	for (const node of workflow.nodes) if (node.webhookId) node.webhookId = randomUUID();
}

describe('importing a template', () => {
	let gallery: Gallery;
	let nodeTypes: NodeTypeDescription[];

	beforeAll(async () => {
		gallery = await Gallery.start();
		nodeTypes = await gallery.n8n.client.nodeTypes();
	});

	afterAll(async () => await gallery?.stop());

	it.each(names)('is told which credentials %s needs, when it has none', async (name) => {
		const id = await gallery.importTemplate(name, { credentials: false });
		const { nodes } = await readTemplate(name);
		const wanting = nodes.filter((node) => credentialTypesOf(node, nodeTypes).length > 0);
		expect(wanting.length).toBeGreaterThan(0);

		const refusal = await gallery.n8n.client.publishWorkflow(id).then(
			() => undefined,
			(error: unknown) => error as N8nRequestError,
		);

		expect(refusal).toBeInstanceOf(N8nRequestError);
		for (const node of wanting) expect(refusal?.body).toContain(node.name);
	});

	it.each(names)('can be done twice with %s', async (name) => {
		const copies = [
			await gallery.importTemplate(name, { edit: withFreshWebhooks }),
			await gallery.importTemplate(name, { edit: withFreshWebhooks }),
		];
		for (const id of copies) await gallery.n8n.client.publishWorkflow(id);
		const stored = await Promise.all(copies.map((id) => gallery.n8n.client.workflow(id)));

		expect(stored.map(({ active }) => active)).toEqual([true, true]);
		for (const id of copies) await gallery.n8n.client.unpublishWorkflow(id);
	});
});
