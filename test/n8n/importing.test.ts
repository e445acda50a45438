import { randomUUID } from 'node:crypto';
import { isResourceLocatorValue } from 'n8n-workflow';
import { N8nRequestError } from '../../dev/n8n/client';
import type { NewCredential, NodeTypeDescription, WorkflowJson } from '../../dev/n8n/types';
import { simulatedCredentials } from '../../dev/simulator/credentials';
import type { Simulator } from '../../dev/simulator/server';
import { allNodeTypes } from '../../dev/templates/nodeTypes';
import { credentialTypesOf, readTemplate, templateNames } from '../../dev/templates/template';
import { Gallery } from '../rig/templates/gallery';
import { PlayedHosts } from '../rig/hosts/playedHosts';

const names = templateNames();

/** n8n's editor gives each node with a webhook an address of its own when a workflow is imported. */
function withFreshWebhooks(workflow: WorkflowJson): void {
	for (const node of workflow.nodes) if (node.webhookId) node.webhookId = randomUUID();
}

/** A credential of each type that the simulator has none of: for a played host, or an empty one. */
async function otherCredentials(
	played: NewCredential[],
): Promise<(simulator: Simulator) => NewCredential[]> {
	const nodeTypes = await allNodeTypes();
	const templates = await Promise.all(names.map(readTemplate));
	const nodes = templates.flatMap((template) => template.nodes);
	const types = new Set(nodes.flatMap((node) => credentialTypesOf(node, nodeTypes)));
	return (simulator) => {
		for (const { type } of [...simulatedCredentials(simulator), ...played]) types.delete(type);
		return [...played, ...[...types].map((type) => ({ name: type, type, data: {} }))];
	};
}

/** What a user still picks from a list before n8n lets the workflow be published: a folder. */
function withFolder(workflow: WorkflowJson, folderOf: (nodeType: string) => string): void {
	for (const { type, parameters } of workflow.nodes) {
		for (const locator of Object.values(parameters).filter(isResourceLocatorValue)) {
			if (locator.value === '') locator.value = folderOf(type);
		}
	}
}

describe('importing a template', () => {
	let gallery: Gallery;
	let played: PlayedHosts;
	let nodeTypes: NodeTypeDescription[];

	beforeAll(async () => {
		played = await PlayedHosts.start();
		gallery = await Gallery.start({
			hosts: (simulator) => played.hosts(simulator),
			credentials: await otherCredentials(played.credentials),
		});
		nodeTypes = await gallery.n8n.client.nodeTypes();
	});

	afterAll(async () => {
		await gallery?.stop();
		await played?.stop();
	});

	it.each(names)('is told which credentials %s needs, when it has none', async (name) => {
		const id = await gallery.importTemplate(name, { credentials: false });
		const { nodes } = await readTemplate(name);
		// n8n looks for the credential of an HTTP Request node only as it runs
		const checked = nodes.filter(({ parameters }) => !parameters.nodeCredentialType);
		const wanting = checked.filter((node) => credentialTypesOf(node, nodeTypes).length > 0);
		expect(wanting.length).toBeGreaterThan(0);

		const refusal = await gallery.n8n.client.publishWorkflow(id).then(
			() => undefined,
			(error: unknown) => error as N8nRequestError,
		);

		expect(refusal).toBeInstanceOf(N8nRequestError);
		for (const node of wanting) expect(refusal?.body).toContain(node.name);
	});

	it.each(names)('can be done twice with %s', async (name) => {
		const { dropbox, googleDrive } = gallery.simulator;
		const { id: driveFolder } = googleDrive.addFolder('Watched');
		const dropboxFolder = '/Watched';
		dropbox.addFile(`${dropboxFolder}/there before.mp3`);
		const folderOf = (type: string) => (type.includes('dropbox') ? dropboxFolder : driveFolder);
		const edit = (workflow: WorkflowJson) => {
			withFreshWebhooks(workflow);
			withFolder(workflow, folderOf);
		};
		const copies = [
			await gallery.importTemplate(name, { edit }),
			await gallery.importTemplate(name, { edit }),
		];
		for (const id of copies) await gallery.n8n.client.publishWorkflow(id);
		const stored = await Promise.all(copies.map((id) => gallery.n8n.client.workflow(id)));

		expect(stored.map(({ active }) => active)).toEqual([true, true]);
		for (const id of copies) await gallery.n8n.client.unpublishWorkflow(id);
	});
});
