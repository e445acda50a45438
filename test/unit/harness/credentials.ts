import { ICredentialsHelper, NodeHelpers } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	INodeParameters,
	INodeProperties,
	Workflow,
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
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.values[type] as INodeParameters | undefined;
		if (!stored) throw new Error(`The test gives no credential of type ${type}`);
		const { properties } = this.typeNamed(type);
		const filled = NodeHelpers.getNodeParameters(properties, stored, true, false, null, null);
		// an OAuth2 credential holds fields of its parent, and tokens that are no fields
		return { ...stored, ...filled } as ICredentialDataDecryptedObject;
	}

	/** Adds what a credential type's `authenticate` says: a function's result, or each declared field. */
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
		const authenticated = { ...requestOptions } as IHttpRequestOptions & Record<string, Section>;
		for (const [section, fields] of Object.entries(authenticate.properties)) {
			const resolved = Object.entries(fields as Record<string, string>).map(([name, value]) => [
				resolve(name),
				resolve(value),
			]);
			authenticated[section] = { ...authenticated[section], ...Object.fromEntries(resolved) };
		}
		return authenticated;
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
