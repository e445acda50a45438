import type { IConnections, INode } from 'n8n-workflow';
import type { CredentialReference, WorkflowJson } from '../../dev/n8n/types';
import { nodeOf } from '../rig/workflows/workflows';

type NodeParts = Pick<INode, 'name' | 'type' | 'parameters'> &
	Partial<Pick<INode, 'credentials' | 'typeVersion'>>;

/** A workflow whose nodes stand one behind the other, started by hand. */
export function chain(name: string, parts: NodeParts[]): WorkflowJson {
	const start: NodeParts = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		parameters: {},
	};
	const nodes = [start, ...parts].map((part, index): INode => ({
		id: `node-${index}`,
		typeVersion: 1,
		position: [index * 220, 0],
		...part,
	}));
	const connections: IConnections = {};
	nodes.slice(1).forEach((node, index) => {
		connections[nodes[index]!.name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	// what an execution did is read from its data, so it must be kept
	return { name, nodes, connections, settings: { saveManualExecutions: true } };
}

/** Reads files from disk into n8n's storage. */
export function readFiles(pattern: string): NodeParts {
	return {
		name: 'Read',
		type: 'n8n-nodes-base.readWriteFile',
		parameters: { operation: 'read', fileSelector: pattern, options: {} },
	};
}

/** A node of the pack. */
export function packNode(
	type: string,
	credentialType: string,
	credential: CredentialReference,
	parameters: INode['parameters'],
): NodeParts {
	return {
		name: 'Measured',
		type: `n8n-nodes-transcription.${type}`,
		parameters,
		credentials: { [credentialType]: credential },
	};
}

/** n8n's own If node: goes on where two texts are equal. */
export function ifEqual(name: string, leftValue: string, rightValue: string): INode {
	const operator = { type: 'string', operation: 'equals' };
	const conditions = [{ id: 'a', leftValue, rightValue, operator }];
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
	const parameters = { conditions: { options, conditions, combinator: 'and' }, options: {} };
	return { ...nodeOf(name, 'n8n-nodes-base.if', parameters), typeVersion: 2.2 };
}

/** What a user has without the pack: n8n's own node, sending the binary field. */
export function httpRequest(method: string, url: string, body: INode['parameters']): NodeParts {
	return {
		name: 'Measured',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { method, url, sendBody: true, ...body, options: {} },
	};
}
