import type { IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';

import type { CredentialValues } from './credentials';
import { runNode } from './runNode';
import type { Run } from './runNode';

/** A function that runs an operation of one node, with the credentials that its tests share. */
export function operationsOf(makeNode: () => INodeType, credentials: CredentialValues) {
	return async (
		resource: string,
		operation: string,
		parameters: INodeParameters = {},
		more: Partial<Run> = {},
	): Promise<INodeExecutionData[]> =>
		await runNode({
			node: makeNode(),
			credentials,
			...more,
			parameters: { resource, operation, ...parameters },
		});
}

/** The first item's data of an operation. */
export async function jsonOf(output: Promise<INodeExecutionData[]>): Promise<IDataObject> {
	const [item] = await output;
	return item!.json;
}
