import { STICKY_NOTE } from '../../../dev/templates/stickyNote';
import { readTemplate, templateNames } from '../../../dev/templates/template';
import type { WorkflowJson } from '../../../dev/n8n/types';

const PAGES = 'https://github.com/n8n-nodes-transcription/n8n-nodes-transcription/blob/main/docs/';
const MOST_NODES = 10;
const MOST_STEPS = 4;
/** Units of the canvas that a window of 1600 by 1000 shows at a zoom of 0.6, beside n8n's own bars. */
const LARGEST = { width: 2200, height: 1300 };
/** What n8n draws of a node, its name included. */
const NODE = { width: 100, height: 150 };

const starters = templateNames(['starters']);

const nodesOf = ({ nodes }: WorkflowJson) => nodes.filter(({ type }) => type !== STICKY_NOTE);
const notesOf = ({ nodes }: WorkflowJson) => nodes.filter(({ type }) => type === STICKY_NOTE);
const noteIn = (workflow: WorkflowJson) => String(notesOf(workflow)[0]!.parameters.content);

/** The corners of a node or a note on the canvas. */
function cornersOf({ type, position: [x, y], parameters }: WorkflowJson['nodes'][number]) {
	const { width, height } =
		type === STICKY_NOTE ? (parameters as unknown as { width: number; height: number }) : NODE;
	return { left: x, top: y, right: x + width, bottom: y + height };
}

/** Each wire, as the names of its ends. */
function wiresOf({ connections }: WorkflowJson): Array<[string, string]> {
	return Object.entries(connections).flatMap(([from, { main = [] }]) =>
		main.flatMap((output) => (output ?? []).map(({ node }): [string, string] => [from, node])),
	);
}

it('looks at all of them', () => {
	expect(starters).toHaveLength(11);
});

describe.each(starters)('the starter %s', (name) => {
	let workflow: WorkflowJson;
	beforeAll(async () => {
		workflow = await readTemplate(name);
	});

	it('has few nodes', () => {
		expect(nodesOf(workflow).length).toBeLessThanOrEqual(MOST_NODES);
	});

	it('needs no code, no table and no environment variable', () => {
		const types = nodesOf(workflow).map(({ type }) => type.split('.')[1]!.toLowerCase());

		expect(types.filter((type) => /code|datatable|executeworkflow/.test(type))).toEqual([]);
		expect(JSON.stringify(workflow.nodes)).not.toMatch(/\$env|process\.env|N8N_[A-Z]/);
	});

	it('has one note: a few steps, what it does not promise, and where that is promised', () => {
		expect(notesOf(workflow)).toHaveLength(1);
		const note = noteIn(workflow);
		const steps = note.match(/^\d+\. /gm) ?? [];
		const [, promise = ''] = note.split('\n\n');

		expect(steps.length).toBeGreaterThan(1);
		expect(steps.length).toBeLessThanOrEqual(MOST_STEPS);
		expect(promise.split(/\. /)).toHaveLength(1);
		const page = /\]\(([^)]+)\)/.exec(promise)?.[1] ?? '';
		expect(page.startsWith(`${PAGES}templates/`)).toBe(true);
		const twin = page.slice(`${PAGES}templates/`.length, -'.md'.length);
		expect(templateNames(['production'])).toContain(twin);
	});

	it('names in its note only nodes that it has', () => {
		const named = [...noteIn(workflow).matchAll(/\*([A-Z][^*]+)\*/g)].map(([, text]) => text!);
		const known = nodesOf(workflow).map((node) => node.name);
		// what stands in bold, parts of a node's panel, a column, and a group of nodes
		const others = ['Set up', 'State', 'Authentication', 'Write'];

		expect(named.filter((text) => ![...known, ...others].includes(text))).toEqual([]);
	});

	it('is read from left to right', () => {
		const xOf = (node: string) => workflow.nodes.find((each) => each.name === node)!.position[0];
		// a loop leads back to its own node
		const isLoop = (node: string) =>
			workflow.nodes.find((each) => each.name === node)!.type.endsWith('.splitInBatches');
		const backwards = wiresOf(workflow).filter(([from, to]) => xOf(from) >= xOf(to) && !isLoop(to));

		expect(backwards).toEqual([]);
	});

	it('fits a window at a size at which it can be read', () => {
		const corners = workflow.nodes.map(cornersOf);
		const width =
			Math.max(...corners.map(({ right }) => right)) - Math.min(...corners.map(({ left }) => left));
		const height =
			Math.max(...corners.map(({ bottom }) => bottom)) - Math.min(...corners.map(({ top }) => top));

		expect(width).toBeLessThanOrEqual(LARGEST.width);
		expect(height).toBeLessThanOrEqual(LARGEST.height);
	});

	it('has nothing that lies upon another', () => {
		const placed = workflow.nodes.map((node) => ({ node: node.name, ...cornersOf(node) }));
		const covering = placed.flatMap((one, index) =>
			placed
				.slice(index + 1)
				.filter(
					(other) =>
						one.left < other.right &&
						other.left < one.right &&
						one.top < other.bottom &&
						other.top < one.bottom,
				)
				.map((other) => `${one.node} and ${other.node}`),
		);

		expect(covering).toEqual([]);
	});
});
