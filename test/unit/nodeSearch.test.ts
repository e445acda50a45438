import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Workflow } from 'n8n-workflow';
import type { INode, INodeType, INodeTypeDescription, INodeTypes } from 'n8n-workflow';

import packageJson from '../../package.json';
import { optionsOf, packNodes } from './harness';

const nodes = packNodes();
const named = nodes.map((node) => [node.description.displayName, node] as const);
const isTrigger = ({ group }: INodeTypeDescription) => group.includes('trigger');
const triggersOf = named.filter(
	([, { description }]) =>
		isTrigger(description) &&
		nodes.some((other) => `${other.description.name}Trigger` === description.name),
);
const eventTriggers = named.filter(([, { description }]) =>
	description.properties.some(({ name }) => name === 'events'),
);

/** The nodes that make a transcript out of a recording. */
const TRANSCRIBING = ['scriptivox', 'transcripton', 'whipscribe'];

/** The words by which n8n finds each node, beside its name. */
const aliases = new Map(
	packageJson.n8n.nodes.map((compiled) => {
		const source = compiled.replace(/^dist/, '').replace(/\.js$/, '.json');
		const codex = JSON.parse(readFileSync(join(__dirname, '../..', source), 'utf8')) as {
			node: string;
			alias: string[];
		};
		return [codex.node.split('.')[1]!, codex.alias.map((alias) => alias.toLowerCase())];
	}),
);

/** What n8n writes below a node's name on the canvas. */
function subtitleOf(nodeType: INodeType, parameters: INode['parameters']): unknown {
	const node: INode = {
		...{ id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0] },
		parameters,
	};
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const { subtitle } = nodeType.description;
	const shown = workflow.getNode('Node')!;
	return workflow.expression.getSimpleParameterValue(shown, subtitle!, 'internal', {});
}

describe('what the node panel says', () => {
	// n8n lists a trigger and its action node as one, with the trigger's text
	it.each(triggersOf)('tells in the text of %s what the action node does, too', (_name, node) => {
		expect(node.description.description).toMatch(/^[A-Z].*, or start a workflow when /);
	});

	it('has such a text for every provider', () => {
		expect(triggersOf).toHaveLength(5);
	});
});

describe('a search in the node panel', () => {
	it.each([
		'transcribe',
		'transcription',
		'speech to text',
		'voice note',
		'whisper',
		'subtitles',
		'audio to text',
	])('for "%s" leads to the nodes that transcribe', (words) => {
		const found = [...aliases].filter(([, known]) => known.includes(words)).map(([name]) => name);

		expect(found).toEqual(expect.arrayContaining(TRANSCRIBING));
	});

	it.each(['scripe', 'scripeTrigger', 'mediaScribe', 'mediaScribeTrigger', 'dropboxUploadTrigger'])(
		'for a transcript does not lead to %s, which gives none',
		(name) => {
			expect(aliases.get(name)).not.toEqual([]);
			expect(aliases.get(name)!.join(' ')).not.toMatch(/transcri|speech|whisper/);
		},
	);
});

describe('the line below a node on the canvas', () => {
	it.each(named.filter(([, { description }]) => !isTrigger(description)))(
		'says in words what %s does',
		(_name, node) => {
			const pickers = node.description.properties.filter(({ name }) => name === 'operation');
			for (const picker of pickers) {
				const [resource] = (picker.displayOptions?.show?.resource ?? []) as string[];
				for (const { value, action } of optionsOf(picker)) {
					expect(subtitleOf(node, { ...(resource && { resource }), operation: value })).toBe(
						action,
					);
				}
			}
		},
	);

	it.each(eventTriggers)('says in words for what %s starts the workflow', (_name, node) => {
		const events = optionsOf(node.description.properties.find(({ name }) => name === 'events')!);
		const all = { events: events.map(({ value }) => value as string) };

		expect(subtitleOf(node, all)).toBe(events.map(({ name }) => name).join(', '));
	});

	it('is left out where an expression gives what nobody offers', () => {
		for (const [, node] of eventTriggers) expect(subtitleOf(node, { events: ['x'] })).toBe('');
	});
});
