import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INodeCredentialTestResult,
	INodeType,
} from 'n8n-workflow';

import { prepareNode } from './workflow';

/**
 * Tests a credential as the editor does when it is saved: n8n sends the request that the credential
 * type declares, and takes any status outside of 2xx for a failure, and what its rules forbid.
 */
export async function testCredential(
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const node = {
		description: {
			displayName: 'Temp-Node',
			name: 'noOp',
			group: ['transform'],
			version: 1,
			description: 'Stands for any node',
			defaults: {},
			inputs: [],
			outputs: [],
			credentials: [{ name: type.name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: type.test!.request },
					default: '',
				},
			],
		},
	} as unknown as INodeType;
	const prepared = prepareNode({
		node,
		credentialTypes: [type],
		credentials: { [type.name]: data },
	});
	const input = { main: [[{ json: {} }]] };
	const context = new ExecuteContext(
		prepared.workflow,
		prepared.node,
		prepared.additionalData,
		'internal',
		createRunExecutionData({}),
		0,
		[],
		input,
		{ node: prepared.node, data: {}, source: null },
		[],
	);
	const routing = new RoutingNode(context, node, {
		id: '1',
		name: type.name,
		type: type.name,
		data,
	});
	try {
		const output = await routing.runNode();
		return brokenRule(type, output?.[0]?.[0]?.json) ?? { status: 'OK', message: '' };
	} catch (error) {
		return { status: 'Error', message: (error as Error).message };
	}
}

/** What n8n makes of a good reply that the credential type does not want. */
function brokenRule(type: ICredentialType, body: unknown): INodeCredentialTestResult | undefined {
	for (const rule of type.test?.rules ?? []) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		const field = (body as Record<string, unknown> | undefined)?.[key];
		if (field === value) return { status: 'Error', message };
	}
	return undefined;
}
