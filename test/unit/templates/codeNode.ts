import { createRequire } from 'node:module';
import * as fs from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { DateTime } from 'luxon';
import { readTemplate } from '../../../dev/templates/template';

/** Items of a node, as their JSON. */
export type Rows = Array<Record<string, unknown>>;

/** Items of a node, as their JSON, or whole where they carry files. */
export type Items = Rows | Given;

/** What n8n's Code node gives back. */
export type Given = Array<{
	json: Record<string, unknown>;
	binary?: Record<string, unknown>;
	pairedItem?: unknown;
}>;

/** The file system's functions, some of which another function takes the place of. */
export type FileSystem = Partial<Record<keyof typeof fs, (...given: never[]) => unknown>>;

/** The ID of the execution. */
export const EXECUTION = '77';

/** The ID of the workflow. */
export const WORKFLOW = 'w7';

/** Where n8n is. */
export const N8N_URL = 'https://n8n.example.com';

/** The time zone of the workflow. */
export const ZONE = 'Europe/Berlin';

const requireModule = createRequire(__filename);

const read: Record<string, ReturnType<typeof readTemplate>> = {};

/**
 * Runs a Code node of a built template as n8n does: in a realm of its own, with what other nodes gave.
 *
 * @param input what the node is given
 * @param others what the other nodes gave, by their names; one that is left out was not executed
 * @param fileSystem what takes the place of the real file system's functions
 * @param previous the name of the node that gave the input
 * @param parameters of other nodes, by their names, in the place of the template's
 */
export async function runCode(
	template: string,
	node: string,
	input: Items,
	others: Record<string, Items> = {},
	fileSystem: FileSystem = {},
	previous = '',
	parameters: Record<string, object> = {},
): Promise<Given> {
	const { nodes } = await (read[template] ??= readTemplate(template));
	const { jsCode } = nodes.find(({ name }) => name === node)!.parameters;
	const required = (module: string) =>
		module === 'fs/promises' ? { ...fs, ...fileSystem } : (requireModule(module) as unknown);
	const run = runInNewContext(`(async ($, $input, require) => {${String(jsCode)}\n})`, {
		Buffer,
		DateTime,
		$prevNode: { name: previous },
		$execution: { id: EXECUTION, resumeUrl: `${N8N_URL}/webhook-waiting/${EXECUTION}?signature=a` },
		$workflow: { id: WORKFLOW },
		$now: DateTime.now().setZone(ZONE),
		helpers: { getBinaryDataBuffer: bytesOf(input) },
	}) as (...given: unknown[]) => Promise<Given>;
	// what comes out of another realm equals nothing that a test writes down
	const other = (name: string) => ({
		...itemsOf(others[name]),
		params: parameters[name] ?? nodes.find((each) => each.name === name)?.parameters,
	});
	return plain(await run(other, itemsOf(input), required));
}

/** Reads the files of a node's input, which lie in the items as n8n keeps them in memory. */
function bytesOf(input: Items) {
	return (index: number, field: string): Promise<Buffer> => {
		const { binary } = itemsOf(input).all()[index] as Given[number];
		const { data } = binary![field] as { data: string };
		return Promise.resolve(Buffer.from(data, 'base64'));
	};
}

function itemsOf(given: Items | undefined) {
	const items = (given ?? []).map((each) => ('binary' in each ? each : { json: each }));
	return {
		isExecuted: given !== undefined,
		all: () => items,
		first: () => items[0],
		itemMatching: (index: number) => items[index],
		item: items[0],
	};
}

function plain(given: Given): Given {
	return JSON.parse(JSON.stringify(given)) as Given;
}
