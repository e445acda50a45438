import { ICredentialsHelper, NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestOptions,
	INode,
	INodeParameters,
	INodeProperties,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** Values of credentials by the name of their type. */
export type CredentialValues = Record<string, ICredentialDataDecryptedObject>;

type Section = Record<string, unknown>;

/**
 * Hands out credentials as n8n does: defaults filled in, and requests authenticated by what the
 * credential type itself declares.
 */
export class UnitCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly types: ICredentialType[],
		private readonly values: CredentialValues,
	) {
		super();
	}

	getParentTypes(type: string): string[] {
		return this.typeNamed(type).extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.typeNamed(type).properties;
	}

	async getDecrypted(
		_additionalData: unknown,
		_nodeCredentials: unknown,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		_raw?: boolean,
		resolveWith?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.values[type] as INodeParameters | undefined;
		if (!stored) throw new Error(`The test gives no credential of type ${type}`);
		const { properties } = this.typeNamed(type);
		const filled = NodeHelpers.getNodeParameters(properties, stored, true, false, null, null);
		// an OAuth2 credential holds fields of its parent, and tokens that are no fields
		const entered = { ...stored, ...filled } as ICredentialDataDecryptedObject;
		return resolveWith ? resolved(entered, mode, resolveWith, executeData) : entered;
	}

	/**
	 * Adds what a credential type's `authenticate` says: a function's result, or each declared field.
	 * As n8n does, it writes the fields into the very objects that it was given.
	 */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeNamed(type);
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		const resolve = (text: string) =>
			String(
				workflow.expression.getSimpleParameterValue(node, text, 'internal', {
					$credentials: credentials,
				}) ?? '',
			);
		const written = requestOptions as IHttpRequestOptions & Record<string, Section>;
		for (const [section, fields] of Object.entries(authenticate.properties)) {
			const target = (written[section] ??= {});
			for (const [name, value] of Object.entries(fields as Record<string, string>)) {
				target[resolve(name)] = resolve(value);
			}
		}
		return written;
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async getCredentials(): Promise<never> {
		throw new Error('Credentials are stored nowhere in a unit test');
	}

	async updateCredentials(): Promise<void> {}

	/** Keeps what n8n renewed. */
	async updateCredentialsOauthTokenData(
		_nodeCredentials: unknown,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.values[type] = { ...this.values[type], oauthTokenData: data.oauthTokenData! };
	}

	private typeNamed(name: string): ICredentialType {
		const type = this.types.find((candidate) => candidate.name === name);
		if (!type) throw new Error(`No credential type ${name} is registered`);
		return type;
	}
}

/** A credential whose expressions are resolved with an item, as n8n does it. */
function resolved(
	entered: ICredentialDataDecryptedObject,
	mode: WorkflowExecuteMode,
	{ workflow, node, ...item }: ICredentialsExpressionResolveValues,
	executeData: IExecuteData | undefined,
): ICredentialDataDecryptedObject {
	return workflow.expression.getParameterValue(
		entered as INodeParameters,
		item.runExecutionData,
		item.runIndex,
		item.itemIndex,
		node.name,
		item.connectionInputData,
		mode,
		{},
		executeData,
		false,
		entered as unknown as INode['parameters'],
	) as ICredentialDataDecryptedObject;
}
