import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
	INode,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { WorkflowJson } from '../../../dev/n8n/types';
import { projectFolder } from '../../../dev/paths';
import { pollingOnly } from '../../../dev/templates/pollingOnly';
import { Scriptivox } from '../../../nodes/Scriptivox/Scriptivox.node';
import { ScriptivoxTrigger } from '../../../nodes/Scriptivox/ScriptivoxTrigger.node';

const packPrefix = 'n8n-nodes-transcription.';
const descriptions: Record<string, INodeTypeDescription> = {
	scriptivox: new Scriptivox().description,
	scriptivoxTrigger: new ScriptivoxTrigger().description,
};

async function template(name: string): Promise<WorkflowJson> {
	const text = await readFile(join(projectFolder, 'templates', `${name}.json`), 'utf8');
	return JSON.parse(text) as WorkflowJson;
}

function isShown({ displayOptions }: INodeProperties, parameters: INode['parameters']): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(([name, values]) => {
		return values?.includes(parameters[name] as never);
	});
}

/** What is wrong with a node's parameters, judged by its description. */
function flawsOf({ name, type, parameters }: INode): string[] {
	const description = descriptions[type.slice(packPrefix.length)];
	if (!description) return [`${name}: no such node`];
	const shown = description.properties.filter((property) => isShown(property, parameters));
	return Object.entries(parameters).flatMap(([key, value]) => {
		const property = shown.find((candidate) => candidate.name === key);
		if (!property) return [`${name}: no parameter ${key}`];
		const choices = (property.options ?? []) as Array<INodePropertyOptions & INodeProperties>;
		if (property.type === 'collection') {
			const known = choices.map((option) => option.name);
			const unknown = Object.keys(value as object).filter((option) => !known.includes(option));
			return unknown.map((option) => `${name}: no option ${key}.${option}`);
		}
		if (property.type !== 'options' && property.type !== 'multiOptions') return [];
		const values = Array.isArray(value) ? value : [value];
		const unknown = values.filter((each) => !choices.some((choice) => choice.value === each));
		return unknown.map((each) => `${name}: ${key} cannot be ${String(each)}`);
	});
}

describe.each(['folder-watcher', 'folder-watcher-polling'])('the template %s', (name) => {
	it('uses only what the nodes of the pack know', async () => {
		const { nodes } = await template(name);
		const ours = nodes.filter(({ type }) => type.startsWith(packPrefix));
		expect(ours.length).toBeGreaterThanOrEqual(3);
		expect(ours.flatMap(flawsOf)).toEqual([]);
	});

	it('connects and mentions only nodes that it has', async () => {
		const { nodes, connections } = await template(name);
		const names = new Set(nodes.map((node) => node.name));
		const targets = Object.values(connections).flatMap(({ main }) =>
			(main ?? []).flatMap((output) => (output ?? []).map(({ node }) => node)),
		);
		const mentioned = [...JSON.stringify(nodes).matchAll(/\$\('([^']+)'\)/g)].map(
			([, node]) => node,
		);
		const all = [...Object.keys(connections), ...targets, ...mentioned];
		expect(all.filter((each) => !names.has(String(each)))).toEqual([]);
		expect(names.size).toBe(nodes.length);
	});

	it('holds no credential, and Code that touches files only', async () => {
		const { nodes } = await template(name);
		expect(nodes.filter(({ credentials }) => credentials)).toEqual([]);
		const code = nodes.map(({ parameters }) => String(parameters.jsCode ?? '')).join('\n');
		const modules = [...code.matchAll(/require\('([^']+)'\)/g)].map(([, module]) => module);
		expect(new Set(modules)).toEqual(new Set(['fs/promises']));
	});

	it('says in its notes which settings it needs', async () => {
		const { nodes } = await template(name);
		const notes = nodes.map(({ parameters }) => String(parameters.content ?? '')).join('\n');
		expect(notes).toContain('N8N_RESTRICT_FILE_ACCESS_TO');
		expect(notes).toContain('NODE_FUNCTION_ALLOW_BUILTIN=fs/promises');
	});
});

describe('the folder watcher without a webhook', () => {
	it('is the other one without the webhook (node dev/run.mjs templates)', async () => {
		expect(await template('folder-watcher-polling')).toEqual(
			pollingOnly(await template('folder-watcher')),
		);
	});

	it('says nothing of a webhook in its settings', async () => {
		const { nodes } = await template('folder-watcher-polling');
		const settings = nodes.find(({ name }) => name === 'Settings');
		expect(JSON.stringify(settings)).not.toContain('webhook');
		expect(nodes.some(({ webhookId }) => webhookId)).toBe(false);
	});
});
