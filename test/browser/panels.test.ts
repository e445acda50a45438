import { randomUUID } from 'node:crypto';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { Canvas } from './canvas';
import type { Editor } from './editor';
import { nodeNames, packNodes, typeOf } from './packNodes';
import { type Choice, Parameters } from './parameters';
import { keepPicture } from './pictures';
import { picturesInDocs } from './docs';
import { useEditor } from './useEditor';

// n8n's own, which leads to the HTTP Request node
const customCall = '__CUSTOM_API_CALL__';

let editor: Editor;
let canvas: Canvas;
let parameters: Parameters;
let descriptions: Record<string, INodeTypeDescription>;

useEditor(async (opened) => {
	editor = opened;
	canvas = new Canvas(editor.page);
	parameters = new Parameters(editor.page);
	descriptions = await packNodes(editor.client);
});

/** Opens the panel of a node that was just added. */
async function openPanel(name: string): Promise<void> {
	const { displayName, version } = descriptions[name]!;
	const node = {
		id: randomUUID(),
		name: displayName,
		type: typeOf(name),
		typeVersion: [version].flat().at(-1)!,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const workflow = { name: `Panel of ${displayName}`, nodes: [node], connections: {} };
	await editor.goToWorkflow(workflow);
	await canvas.nodesOf(node.type).dblclick();
	await parameters.waitFor();
}

/** What has to be chosen before a parameter is shown, the resource first; nothing for most. */
function conditionsOf(property: INodeProperties, all: INodeProperties[]): Array<[string, Choice]> {
	const shown = Object.entries(property.displayOptions?.show ?? {});
	return shown.flatMap(([name, values]) => {
		const before = all.find((each) => each.name === name && each !== property);
		const others = before ? conditionsOf(before, all) : [];
		return [...others.filter(([other]) => other !== name), [name, values?.[0] as Choice]];
	});
}

/** The pairs of resource and operation of a node; one without any for a trigger. */
function operationsOf(properties: INodeProperties[]): Array<Record<string, Choice>> {
	const pickers = properties.filter(({ name }) => name === 'operation');
	if (pickers.length === 0) return [{}];
	return pickers.flatMap(({ displayOptions, options }) =>
		(options as INodePropertyOptions[])
			.filter(({ value }) => value !== customCall)
			.map(({ value }): Record<string, Choice> => {
				const resource = displayOptions?.show?.resource?.[0] as string | undefined;
				const operation = value as string;
				// a node without an account has its operations in one list
				return resource === undefined ? { operation } : { resource, operation };
			}),
	);
}

function appliesTo({ displayOptions }: INodeProperties, chosen: Record<string, Choice>): boolean {
	const { show = {} } = displayOptions ?? {};
	return Object.entries(chosen).every(
		([name, value]) => !show[name] || (show[name] as unknown[]).includes(value),
	);
}

/** The names of what a collection always offers. */
function optionsOf({ options }: INodeProperties): string[] {
	const offered = (options ?? []) as INodeProperties[];
	return offered.filter((each) => !each.displayOptions).map(({ displayName }) => displayName);
}

/** Looks for each field of one operation; gives back what a person does not get at. */
async function unreachable(
	properties: INodeProperties[],
	chosen: Record<string, Choice>,
): Promise<string[]> {
	const fields = properties.filter((each) => each.type !== 'hidden' && appliesTo(each, chosen));
	const missing: string[] = [];
	for (const field of fields) {
		if (!(await parameters.shows(field))) {
			for (const [name, value] of conditionsOf(field, fields)) {
				const before = fields.find((each) => each.name === name);
				if (before && !(name in chosen)) await parameters.choose(before, value);
			}
		}
		if (!(await parameters.shows(field))) missing.push(field.displayName);
		else if (field.type === 'collection') {
			const offered = await parameters.offered(field);
			missing.push(...optionsOf(field).filter((option) => !offered.includes(option)));
		}
	}
	return missing.map((name) => [...Object.values(chosen), name].join(': '));
}

describe.each(nodeNames)('the panel of %s', (name) => {
	it('leads to every field of every resource and operation', async () => {
		const { properties } = descriptions[name]!;
		await openPanel(name);
		const picture = name.toLowerCase();
		// pages show the panels of few triggers, and a picture that no page shows is only weight
		if (!name.endsWith('Trigger') || (await picturesInDocs()).includes(picture)) {
			await keepPicture(editor.page, picture);
		}
		const missing: string[] = [];

		for (const chosen of operationsOf(properties)) {
			for (const [key, value] of Object.entries(chosen)) {
				const picker = properties.find((each) => each.name === key && appliesTo(each, chosen));
				await parameters.choose(picker!, value);
			}
			missing.push(...(await unreachable(properties, chosen)));
		}

		expect(missing).toEqual([]);
	});
});
