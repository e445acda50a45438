import { randomUUID } from 'node:crypto';

import { Workflow } from 'n8n-workflow';
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeParameters,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	IWorkflowSettings,
} from 'n8n-workflow';

import { UnitCredentialsHelper } from './credentials';
import type { CredentialValues } from './credentials';
import { packCredentialTypes } from './pack';

/** A node under test and everything that a user would have set around it. */
export interface NodeSetup {
	node: INodeType;
	/** What differs from the node's defaults; expressions are resolved. */
	parameters?: INodeParameters;
	/** Values by credential type; fields left out have their defaults. */
	credentials?: CredentialValues;
	/** The id under which n8n stored the credential. */
	credentialId?: string;
	/** The credential types to know, in place of the pack's own. */
	credentialTypes?: ICredentialType[];
	/** The node's name on the canvas. */
	name?: string;
	/** The node's id within its workflow. */
	nodeId?: string;
	continueOnFail?: boolean;
	/** What the node does with an error, where `continueOnFail` is not enough to say. */
	onError?: INode['onError'];
	/** Whether n8n runs the node again when it failed. */
	retryOnFail?: boolean;
	/** The node's memory between executions. */
	staticData?: IDataObject;
	executionId?: string;
	workflowId?: string;
	settings?: IWorkflowSettings;
	/** Where n8n believes to be reached. */
	address?: string;
	/** Whether the node passes on an empty item where it has none. */
	alwaysOutputData?: boolean;
}

/** A workflow that holds the one node, and what n8n gives each of its nodes at run time. */
export interface PreparedNode {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
}

/** Puts the node alone into a workflow, with its parameters' defaults filled in as n8n does it. */
export function prepareNode({
	node: nodeType,
	parameters = {},
	credentials = {},
	credentialId = randomUUID(),
	credentialTypes = packCredentialTypes(),
	name = nodeType.description.displayName,
	nodeId = 'b2f3a1c0-0000-4000-8000-000000000001',
	continueOnFail = false,
	onError = continueOnFail ? 'continueRegularOutput' : undefined,
	retryOnFail,
	staticData,
	executionId = '1001',
	workflowId = 'workflowUnderTest',
	settings,
	address = 'http://n8n.example',
	alwaysOutputData,
}: NodeSetup): PreparedNode {
	const node: INode = {
		id: nodeId,
		name,
		type: `n8n-nodes-transcription.${nodeType.description.name}`,
		typeVersion: latestVersion(nodeType),
		position: [0, 0],
		parameters,
		credentials: Object.fromEntries(
			Object.keys(credentials).map((type) => [type, { id: credentialId, name: type }]),
		),
		...(onError && { onError }),
		...(retryOnFail !== undefined && { retryOnFail }),
		...(alwaysOutputData !== undefined && { alwaysOutputData }),
		webhookId: '00000000-0000-4000-8000-00000000000a',
	};
	const workflow = new Workflow({
		id: workflowId,
		name: 'Workflow under test',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: onlyType(nodeType),
		// n8n-workflow keeps the object that it is given, so a test can go on reading it
		staticData: staticData && { [`node:${name}`]: staticData },
		settings,
	});
	const helper = new UnitCredentialsHelper(credentialTypes, credentials);
	return {
		workflow,
		node: workflow.getNode(name)!,
		additionalData: additionalDataWith(helper, executionId, address),
	};
}

function latestVersion({ description: { version } }: INodeType): number {
	return Array.isArray(version) ? Math.max(...version) : version;
}

function onlyType(nodeType: INodeType): INodeTypes {
	return {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
}

function additionalDataWith(
	credentialsHelper: UnitCredentialsHelper,
	executionId: string,
	base: string,
): IWorkflowExecuteAdditionalData {
	const unused = (): never => {
		throw new Error('No node of the pack has a use for this part of n8n');
	};
	// secrets from vaults outside of n8n are one of the parts without a use
	return {
		credentialsHelper,
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		instanceBaseUrl: base,
		restApiUrl: `${base}/rest`,
		formBaseUrl: `${base}/form`,
		formTestBaseUrl: `${base}/form-test`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		webhookBaseUrl: `${base}/webhook`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		executeWorkflow: unused,
		getRunExecutionData: unused,
		getRuntimeCredential: unused,
		logAiEvent: unused,
		startRunnerTask: unused,
	} as Partial<IWorkflowExecuteAdditionalData> as IWorkflowExecuteAdditionalData;
}
