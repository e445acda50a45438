import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../n8n/types';
import { STICKY_NOTE } from './stickyNote';

/** A workflow with fewer nodes is taken in at a glance without a plan. */
const LARGE = 20;
const CALL = 'n8n-nodes-base.executeWorkflow';
const CALLED = 'n8n-nodes-base.executeWorkflowTrigger';
const NOTE_SIZE = { width: 240, height: 160 };
const HEADING = '## Plan';
const HEADED = /^### (.+)/;
const BEGIN = 'Begin';

/** Nodes that stand together on the canvas. */
interface Lane {
	name: string;
	nodes: INode[];
}

/**
 * The plan of a large workflow as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html): a box
 * for each lane, that is each note with a heading, with the names of its nodes from left to right. A dotted
 * arrow is a run that the workflow starts of itself.
 *
 * @returns undefined where the workflow is small
 */
export function planOf({ nodes, connections }: WorkflowJson): string | undefined {
	const steps = nodes.filter(({ type }) => type !== STICKY_NOTE);
	if (steps.length < LARGE) return undefined;
	const lanes = lanesOf(
		steps,
		nodes.filter(({ type }) => type === STICKY_NOTE),
	);
	const laneOf = (name: string) =>
		lanes.findIndex((lane) => lane.nodes.some((n) => n.name === name));
	const boxes = lanes.map((lane, number) => `\tlane${number}["${labelOf(lane)}"]`);

	const arrows = new Set<string>();
	for (const [from, outputs] of Object.entries(connections)) {
		for (const wire of Object.values(outputs).flat(2)) if (wire) connect(from, wire.node, '-->');
	}
	const called = steps.find(({ type }) => type === CALLED);
	const calls = steps.filter(({ type, parameters }) => {
		return type === CALL && JSON.stringify(parameters).includes('$workflow.id');
	});
	if (called) for (const { name } of calls) connect(name, called.name, '-.->');
	return ['flowchart LR', ...boxes, ...arrows].join('\n');

	function connect(from: string, to: string, arrow: string): void {
		const [start, end] = [laneOf(from), laneOf(to)];
		if (start !== end) arrows.add(`\tlane${start} ${arrow} lane${end}`);
	}
}

/**
 * A page of the docs with the plan of its workflow at its end.
 *
 * @param plan undefined where there is none
 */
export function withPlan(page: string, plan: string | undefined): string {
	const [text] = page.split(`\n${HEADING}\n`);
	if (plan === undefined) return text!;
	const words =
		'Each box is a lane on the canvas, with its nodes in the order in which they stand there. A dotted arrow starts another execution.';
	return `${text!.trimEnd()}\n\n${HEADING}\n\n${words}\n\n\`\`\`mermaid\n${plan}\n\`\`\`\n`;
}

/** What stands in no lane, such as triggers and settings, comes first. */
function lanesOf(steps: INode[], notes: INode[]): Lane[] {
	const headed = notes.filter(({ parameters }) => HEADED.test(String(parameters.content)));
	const bySize = [...headed].sort((a, b) => areaOf(a) - areaOf(b));
	// a note may lie on a larger one
	const noteOf = (step: INode) => bySize.find((note) => isWithin(step, note));
	const lanes = headed.map((note) => {
		const [, name] = HEADED.exec(String(note.parameters.content))!;
		return { name: name!, nodes: steps.filter((step) => noteOf(step) === note) };
	});
	const others = { name: BEGIN, nodes: steps.filter((step) => !noteOf(step)) };
	const ordered = [...lanes].sort((a, b) => leftOf(a) - leftOf(b));
	return [others, ...ordered].filter(({ nodes }) => nodes.length > 0);
}

function leftOf({ nodes }: Lane): number {
	return Math.min(...nodes.map(({ position }) => position[0]));
}

function isWithin({ position: [x, y] }: INode, note: INode): boolean {
	const { width, height } = sizeOf(note);
	const [left, top] = note.position;
	return x >= left && x <= left + width && y >= top && y <= top + height;
}

function sizeOf({ parameters }: INode): typeof NOTE_SIZE {
	return { ...NOTE_SIZE, ...(parameters as Partial<typeof NOTE_SIZE>) };
}

function areaOf(note: INode): number {
	const { width, height } = sizeOf(note);
	return width * height;
}

function labelOf({ name, nodes }: Lane): string {
	const names = [...nodes]
		.sort((a, b) => a.position[0] - b.position[0] || a.position[1] - b.position[1])
		.map((node) => quoted(node.name));
	return [`<b>${quoted(name)}</b>`, ...names].join('<br/>');
}

/** As Mermaid takes text within quotation marks. */
function quoted(text: string): string {
	return text.replaceAll('"', '#quot;').replaceAll('<', '#lt;');
}
