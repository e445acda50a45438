import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import { createRunExecutionData, NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunction,
	ICredentialTestRequest,
	ICredentialType,
	INodeCredentialTestResult,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';

import { packNodes } from './pack';
import { prepareNode } from './workflow';

/**
 * Tests a credential as the editor does when it is saved: n8n sends the request that the credential
 * type declares, and takes any status outside of 2xx for a failure, and what its rules forbid; where
 * the type declares none, a node's function says how it went.
 */
export async function testCredential(
	type: ICredentialType,
	entered: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const filled = NodeHelpers.getNodeParameters(
		type.properties,
		entered as INodeParameters,
		true,
		false,
		null,
		null,
	);
	const data = { ...entered, ...filled } as ICredentialDataDecryptedObject;
	const credential = { id: '1', name: type.name, type: type.name, data };
	if (type.test) return await testByRequest(type, type.test, credential);
	return await functionOf(type).call(contextFor(type), credential);
}

/** The function of the first node that says it can test the credential, as n8n looks for it. */
function functionOf({ name }: ICredentialType): ICredentialTestFunction {
	for (const { description, methods } of packNodes()) {
		const use = description.credentials?.find((credential) => credential.name === name);
		if (use?.testedBy) return methods!.credentialTest![use.testedBy as string]!;
	}
	throw new Error(`No node tests the credential ${name}`);
}

function contextFor(type: ICredentialType): CredentialTestContext {
	const node = { description: { name: 'noOp', displayName: 'No Op', version: 1, properties: [] } };
	const setup = { node: node as unknown as INodeType, credentialTypes: [type] };
	return new CredentialTestContext(prepareNode(setup).additionalData);
}

async function testByRequest(
	type: ICredentialType,
	test: ICredentialTestRequest,
	credential: ICredentialsDecrypted,
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
					routing: { request: test.request },
					default: '',
				},
			],
		},
	} as unknown as INodeType;
	const prepared = prepareNode({
		node,
		credentialTypes: [type],
		credentials: { [type.name]: credential.data! },
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
	const routing = new RoutingNode(context, node, credential);
	let output: Awaited<ReturnType<typeof routing.runNode>>;
	try {
		output = await routing.runNode();
	} catch (error) {
		return { status: 'Error', message: messageOf(error as TestFailure) };
	}
	// an empty list has no first item: n8n throws here
	const body: unknown = test.rules && output![0]![0]!.json;
	return brokenRule(test, body) ?? { status: 'OK', message: 'Connection successful!' };
}

type TestFailure = Error & {
	cause?: { code?: string; response?: { status: number; statusText?: string } };
};

function messageOf({ message, cause }: TestFailure): string {
	const { response, code } = cause ?? {};
	if (response) return response.statusText || `Received HTTP status code: ${response.status}`;
	return code ?? message;
}

/** What n8n makes of a good reply that the credential type does not want. */
function brokenRule(
	{ rules = [] }: ICredentialTestRequest,
	body: unknown,
): INodeCredentialTestResult | undefined {
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		const field = (body as Record<string, unknown> | undefined)?.[key];
		if (field === value) return { status: 'Error', message };
	}
	return undefined;
}
