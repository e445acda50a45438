import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import type { CredentialReference, WorkflowJson } from '../n8n/types';
import { projectFolder } from '../paths';
import { type Shelf, shelves } from './sources';

/** Values of a template's `Settings` node, by name. */
export type Settings = Record<string, string | number | boolean>;

/** Stored credentials by their type, e.g. scriptivoxApi. */
export type StoredCredentials = Record<string, CredentialReference>;

const folderOf = (shelf: Shelf) => join(projectFolder, 'templates', shelf);
const extension = '.json';
const settingsName = 'Settings';

/**
 * The names of templates, e.g. 'folder-watcher', sorted; at once, as lists of tests want it.
 *
 * @param only the folders to look into, all when left out
 */
export function templateNames(only: readonly Shelf[] = shelves): string[] {
	const files = only.flatMap((shelf) =>
		existsSync(folderOf(shelf)) ? readdirSync(folderOf(shelf)) : [],
	);
	const built = files.filter((name) => name.endsWith(extension));
	return built.map((name) => name.slice(0, -extension.length)).sort();
}

/**
 * The built file of a template, absolute.
 *
 * @throws Error when there is none
 */
export function templateFile(name: string): string {
	const files = shelves.map((shelf) => join(folderOf(shelf), `${name}${extension}`));
	const file = files.find((each) => existsSync(each));
	if (file === undefined) throw new Error(`There is no template ${name}.`);
	return file;
}

/** Reads a built template, e.g. 'folder-watcher'. */
export async function readTemplate(name: string): Promise<WorkflowJson> {
	return JSON.parse(await readFile(templateFile(name), 'utf8')) as WorkflowJson;
}

/**
 * The workflow with values of its `Settings` node changed, as its user does after importing it. The
 * given workflow stays as it is.
 *
 * @throws Error when the template has no such setting
 */
export function withSettings(workflow: WorkflowJson, settings: Settings): WorkflowJson {
	const changed = structuredClone(workflow);
	const node = changed.nodes.find(({ name }) => name === settingsName);
	for (const [name, value] of Object.entries(settings)) {
		const assignment = assignmentsOf(node).find((each) => each.name === name);
		if (!assignment) throw new Error(`The template has no setting "${name}".`);
		assignment.value = value;
	}
	return changed;
}

function assignmentsOf(settings: INode | undefined): Array<{ name: string; value: unknown }> {
	const { assignments } = (settings?.parameters.assignments ?? { assignments: [] }) as {
		assignments: Array<{ name: string; value: unknown }>;
	};
	return assignments;
}

/**
 * The workflow with a credential chosen in each node that wants one and has none, as its user does
 * after importing it. The given workflow stays as it is.
 *
 * @param nodeTypes what n8n says of its nodes
 * @param stored the credentials to choose from
 */
export function withCredentials(
	workflow: WorkflowJson,
	nodeTypes: INodeTypeDescription[],
	stored: StoredCredentials,
): WorkflowJson {
	const changed = structuredClone(workflow);
	for (const node of changed.nodes) {
		const type = credentialTypesOf(node, nodeTypes).find((name) => stored[name]);
		if (type) node.credentials = { [type]: stored[type]!, ...node.credentials };
	}
	return changed;
}

/** The credential types that a node takes, as its parameters stand. */
export function credentialTypesOf(node: INode, nodeTypes: INodeTypeDescription[]): string[] {
	// the HTTP Request node takes those of other nodes
	const { nodeCredentialType } = node.parameters;
	if (typeof nodeCredentialType === 'string') return [nodeCredentialType];
	const description = descriptionOf(node, nodeTypes);
	if (!description) return [];
	const parameters = parametersOf(node, description);
	const shown = (description.credentials ?? []).filter((each) =>
		NodeHelpers.displayParameter(parameters, each, node, description),
	);
	return shown.map(({ name }) => name);
}

/** A node's parameters, with the defaults of those that it leaves out. */
export function parametersOf(node: INode, description: INodeTypeDescription): INodeParameters {
	const { properties } = description;
	const { parameters } = node;
	return (
		NodeHelpers.getNodeParameters(properties, parameters, true, false, node, description) ?? {}
	);
}

/** What n8n says of a node's type in its version. */
export function descriptionOf(
	{ type, typeVersion }: INode,
	nodeTypes: INodeTypeDescription[],
): INodeTypeDescription | undefined {
	return nodeTypes.find(
		({ name, version }) =>
			name === type && (Array.isArray(version) ? version : [version]).includes(typeVersion),
	);
}
