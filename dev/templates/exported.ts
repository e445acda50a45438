import type { INode } from 'n8n-workflow';
import type { WorkflowJson } from '../n8n/types';

/**
 * Reads a workflow that n8n's editor downloaded.
 *
 * @param text the file's content
 * @param file its name, for the message
 * @throws Error that says why it is no workflow
 */
export function readExport(text: string, file: string): WorkflowJson {
	const reason = (what: string) => new Error(`${file} is no workflow of n8n's editor: ${what}.`);
	let workflow: unknown;
	try {
		workflow = JSON.parse(text.replace(/^\ufeff/, ''));
	} catch {
		throw reason('it is not JSON');
	}
	const flaw = flawOf(workflow);
	if (flaw) throw reason(flaw);
	return workflow as WorkflowJson;
}

function flawOf(workflow: unknown): string | undefined {
	if (!isObject(workflow)) return 'it holds no object';
	const { name, nodes, connections, settings } = workflow;
	if (typeof name !== 'string' || name.trim() === '') return 'it has no name';
	if (!Array.isArray(nodes) || nodes.length === 0) return 'it has no nodes';
	const broken = nodes.findIndex((node) => !isNode(node));
	if (broken !== -1) return `its node ${broken + 1} lacks a name, type, position or parameters`;
	const names = (nodes as INode[]).map((node) => node.name);
	const twice = names.find((each, index) => names.indexOf(each) !== index);
	if (twice !== undefined) return `it has two nodes "${twice}"`;
	if (settings !== undefined && !isObject(settings)) return 'its settings are no object';
	if (!isObject(connections)) return 'it has no connections';
	return flawOfWires(connections, names);
}

function flawOfWires(connections: Record<string, unknown>, names: string[]): string | undefined {
	for (const [from, byType] of Object.entries(connections)) {
		const outputs = isObject(byType) ? Object.values(byType) : [undefined];
		if (!outputs.every(Array.isArray)) return `the wires from "${from}" cannot be read`;
		const wires = outputs.flat(2).filter((wire) => wire !== null) as Array<{ node?: unknown }>;
		const lost = [from, ...wires.map((wire) => wire?.node)].find(
			(name) => !names.includes(name as string),
		);
		if (lost !== undefined) return `a wire leads from or to "${String(lost)}", which is no node`;
		if (wires.some((wire) => typeof wire?.node !== 'string')) {
			return `the wires from "${from}" cannot be read`;
		}
	}
	return undefined;
}

function isNode(node: unknown): boolean {
	if (!isObject(node)) return false;
	const { name, type, typeVersion, position, parameters } = node;
	const isPosition =
		Array.isArray(position) && position.length === 2 && position.every(Number.isFinite);
	const isNamed = typeof name === 'string' && name !== '' && typeof type === 'string';
	return isNamed && typeof typeVersion === 'number' && isPosition && isObject(parameters);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
