import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, INodeTypeDescription } from 'n8n-workflow';
import type { WorkflowJson } from '../../dev/n8n/types';
import { projectFolder } from '../../dev/paths';
import { flawsOf } from '../../dev/templates/flaws';
import { allNodeTypes } from '../../dev/templates/nodeTypes';
import { STICKY_NOTE } from '../../dev/templates/stickyNote';
import { readTemplate, templateNames } from '../../dev/templates/template';

const names = templateNames();
const starters = templateNames(['starters']);
const dataTable = 'n8n-nodes-base.dataTable';
// what n8n 3.0 removes, by its list of breaking changes
const removed = [
	'n8n-nodes-base.function',
	'n8n-nodes-base.functionItem',
	'n8n-nodes-base.itemLists',
];
const modulesThatACodeNodeMayUse = ['fs/promises'];

function notesOf({ nodes }: WorkflowJson): string {
	const notes = nodes.filter(({ type }) => type === STICKY_NOTE);
	return notes.map(({ parameters }) => String(parameters.content)).join('\n');
}

function targetsOf({ connections }: WorkflowJson): string[] {
	return Object.values(connections).flatMap((byType) =>
		Object.values(byType).flatMap((outputs) =>
			outputs.flatMap((output) => (output ?? []).map(({ node }) => node)),
		),
	);
}

function isTrigger(node: INode, nodeTypes: INodeTypeDescription[]): boolean {
	return nodeTypes.some(({ name, group }) => name === node.type && group.includes('trigger'));
}

/** What a template shows of what comes out of a node, for the steps that a user adds behind it. */
const samples: Record<string, unknown[]> = {
	'Finished Recordings': [
		{
			json: {
				fileName: 'weekly call.mp3',
				text: 'Good morning, everybody. Shall we begin?',
				language: 'en',
				durationSeconds: 1834.5,
				transcriptionId: '3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d',
				// each watcher has folders of its own
				outputPath: expect.stringMatching(
					/^\/home\/node\/\.n8n-files\/(folder-watcher|any-provider)\/output\/weekly call\.txt$/,
				) as string,
			},
		},
	],
};

describe.each(names)('the template %s', (name) => {
	let template: WorkflowJson;
	let nodeTypes: INodeTypeDescription[];

	beforeAll(async () => {
		template = await readTemplate(name);
		nodeTypes = await allNodeTypes();
	});

	it('uses only nodes, parameters and values that n8n and the pack know', () => {
		expect(template.nodes.flatMap((node) => flawsOf(node, nodeTypes))).toEqual([]);
	});

	it('knows which item is which behind each node', () => {
		const isDeclarative = ({ type }: INode) =>
			nodeTypes.some(({ name, requestDefaults }) => name === type && requestDefaults !== undefined);

		// n8n pairs no items of a declarative node, and where it has an error output, does not guess them either
		const unpaired = template.nodes.filter(
			(node) => isDeclarative(node) && node.onError === 'continueErrorOutput',
		);

		expect(unpaired.map((node) => node.name)).toEqual([]);
	});

	it('connects and mentions only nodes that it has, each name once', () => {
		const known = new Set(template.nodes.map((node) => node.name));
		const mentioned = [...JSON.stringify(template.nodes).matchAll(/\$\('([^']+)'\)/g)].map(
			([, node]) => String(node),
		);
		const all = [...Object.keys(template.connections), ...targetsOf(template), ...mentioned];

		expect(all.filter((each) => !known.has(each))).toEqual([]);
		expect(known.size).toBe(template.nodes.length);
	});

	it('keeps what a user may change in one node Settings right behind its triggers, a starter in its own nodes', () => {
		const settings = template.nodes.filter((node) => node.name === 'Settings');
		const isStarter = starters.includes(name);

		expect(settings.map(({ type }) => type)).toEqual(isStarter ? [] : ['n8n-nodes-base.set']);
		const before = Object.entries(template.connections)
			.filter(([, { main }]) => (main ?? []).flat().some((to) => to?.node === 'Settings'))
			.map(([from]) => template.nodes.find((node) => node.name === from)!);
		expect(before.length > 0).toBe(!isStarter);
		for (const node of before) expect(isTrigger(node, nodeTypes)).toBe(true);
	});

	it('holds no credential, only samples as pinned data, and its code uses few modules', () => {
		const code = template.nodes.map(({ parameters }) => String(parameters.jsCode ?? '')).join('\n');
		const modules = [...code.matchAll(/require\('([^']+)'\)/g)].map(([, module]) => String(module));

		expect(template.nodes.filter(({ credentials }) => credentials)).toEqual([]);
		const { pinData = {} } = template as { pinData?: Record<string, unknown[]> };
		for (const [node, sample] of Object.entries(pinData)) {
			expect(sample).toEqual(samples[node]);
		}
		expect(modules.filter((module) => !modulesThatACodeNodeMayUse.includes(module))).toEqual([]);
	});

	it('names in its notes the settings of n8n that its Code nodes need', () => {
		const code = template.nodes.map(({ parameters }) => String(parameters.jsCode ?? '')).join('\n');
		const touchesFiles = template.nodes.some(({ type }) => type.endsWith('.readWriteFile'));
		const notes = notesOf(template);

		expect(notes).toContain('**Set up**');
		if (code.includes('require(')) expect(notes).toContain('NODE_FUNCTION_ALLOW_BUILTIN');
		// a starter's folders are where n8n may write by itself
		if (touchesFiles && starters.includes(name)) expect(notes).toContain('.n8n-files`');
		else if (touchesFiles) expect(notes).toContain('N8N_RESTRICT_FILE_ACCESS_TO');
	});

	it('makes the Data Tables that it uses, so that a missing one is no trouble', () => {
		const tableNodes = template.nodes.filter(({ type }) => type === dataTable);
		const makers = tableNodes.filter(({ parameters }) => parameters.resource === 'table');
		const fixed = tableNodes.filter(({ parameters }) => {
			const { value } = (parameters.dataTableId ?? { value: '=' }) as { value: string };
			const isMade = makers.some((maker) => maker.parameters.tableName === value);
			return !value.startsWith('=') && !isMade;
		});

		expect(fixed.map((node) => node.name)).toEqual([]);
		if (tableNodes.length > 0) expect(makers.length).toBeGreaterThan(0);
		for (const { parameters } of makers) {
			expect(parameters).toMatchObject({
				operation: 'create',
				options: { createIfNotExists: true },
			});
		}
	});

	it('avoids what n8n 3.0 removes', () => {
		const { nodes } = template;
		const perItem = nodes.filter(
			({ type, parameters }) =>
				type === 'n8n-nodes-base.executeWorkflow' && parameters.mode === 'each',
		);
		const alwaysOutput = nodes.filter(
			({ type, alwaysOutputData }) => /\.(if|switch)$/.test(type) && alwaysOutputData,
		);

		expect(nodes.filter(({ type }) => removed.includes(type))).toEqual([]);
		expect(perItem).toEqual([]);
		expect(alwaysOutput).toEqual([]);
	});

	it('has a page with its picture', async () => {
		const page = join(projectFolder, 'docs', 'templates', `${name}.md`);
		const text = await readFile(page, 'utf8');
		const picture = `../pictures/templates/${name}.png`;

		expect(text).toContain(`(${picture})`);
		expect(text).toContain('Set up');
		expect(existsSync(join(page, '..', picture))).toBe(true);
	});
});
