import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import { lookUntil } from '../../../dev/lookUntil';
import type { N8nClient } from '../../../dev/n8n/client';
import type { N8nInstance } from '../../../dev/n8n/instance';
import type { Execution, ExecutionSummary, WorkflowJson } from '../../../dev/n8n/types';

/** Where it is not 1, in place of loading the nodes for it; a unit test compares them. */
const LATEST_VERSIONS: Record<string, number> = {
	'n8n-nodes-transcription.dropboxUploadTrigger': 1.1,
	'n8n-nodes-transcription.scriptivox': 1.1,
	'n8n-nodes-transcription.scriptivoxTrigger': 1.1,
	'n8n-nodes-transcription.transcriptonTrigger': 1.1,
};

/** The version that somebody gets who adds a node: the latest of the pack's own, 1 of n8n's. */
export function versionOf(type: string): number {
	return LATEST_VERSIONS[type] ?? 1;
}

/** A node for a test's workflow. */
export function nodeOf(
	name: string,
	type: string,
	parameters: INodeParameters = {},
	credentials?: INodeCredentials,
): INode {
	return {
		id: randomUUID(),
		name,
		type,
		typeVersion: versionOf(type),
		position: [0, 0],
		parameters,
		credentials,
	};
}

/** The trigger that a test pulls by hand. */
export const byHand = (): INode => nodeOf('By Hand', 'n8n-nodes-base.manualTrigger');

/** A workflow of nodes in a row. */
export function rowOf(name: string, ...nodes: INode[]): WorkflowJson {
	const pairs = nodes
		.slice(1)
		.map((node, index) => [
			nodes[index]!.name,
			{ main: [[{ node: node.name, type: 'main' as const, index: 0 }]] },
		]);
	return { name, nodes, connections: Object.fromEntries(pairs) };
}

/**
 * Nodes that write each item's text into a folder, as `<id>.txt`.
 *
 * @param job the node whose items have the id
 * @param textField the field that holds the text
 */
export function textFiles(folder: string, job: string, textField: string): INode[] {
	const convert = { operation: 'toText', sourceProperty: textField, options: {} };
	const fileName = `=${folder}/{{ $('${job}').item.json.id }}.txt`;
	const write = { operation: 'write', fileName, options: {} };
	return [
		{ ...nodeOf('Convert', 'n8n-nodes-base.convertToFile', convert), typeVersion: 1.1 },
		{ ...nodeOf('Write', 'n8n-nodes-base.readWriteFile', write), typeVersion: 1.1 },
	];
}

/** What a node put out; undefined where it did not run. */
export function outputOf(execution: Execution, name: string): IDataObject[] | undefined {
	return execution.data.resultData.runData[name]?.[0]?.data?.main?.[0]?.map(({ json }) => json);
}

/** The files in a node's first output, each as its field and its name. */
export function filesOf(execution: Execution, name: string): string[] {
	const items = execution.data.resultData.runData[name]?.[0]?.data?.main?.[0] ?? [];
	return items.flatMap(({ binary = {} }) =>
		Object.entries(binary).map(([field, { fileName }]) => `${field} ${fileName}`),
	);
}

/** A workflow's executions once there are so many and all have ended, the first first. */
export async function executionsOf(
	{ client }: N8nInstance,
	workflowId: string,
	count: number,
	longestSeconds = 30,
): Promise<Execution[]> {
	let executions: ExecutionSummary[] = [];
	await lookUntil(longestSeconds, async () => {
		executions = await client.executions.newest(workflowId);
		return executions.length >= count || undefined;
	});
	const ended = executions.map(({ id }) => client.executions.end(id));
	return (await Promise.all(ended)).reverse();
}

/** What the failed executions of a workflow say, the newest first; empty where one says nothing. */
export async function errorsOf(client: N8nClient, workflowId: string): Promise<string[]> {
	const failed = (await client.executions.newest(workflowId)).filter(
		({ status }) => status === 'error',
	);
	const executions = await Promise.all(failed.map(({ id }) => client.executions.get(id)));
	return executions.map(({ data }) => data.resultData.error?.message ?? '');
}
