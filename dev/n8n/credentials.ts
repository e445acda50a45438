import type {
	CredentialReference,
	CredentialTestResult,
	EditorCalls,
	NewCredential,
} from './types';

/** n8n's credentials, as the dialog and the page of the editor show and change them. */
export class Credentials {
	constructor(private readonly client: EditorCalls) {}

	/** Stores a credential; returns what a node's `credentials` wants: its id and name. */
	async create(credential: NewCredential): Promise<CredentialReference> {
		const body = { ...credential, projectId: await this.client.personalProject() };
		const { id, name } = await this.client.request<CredentialReference>(
			'POST',
			'/rest/credentials',
			{ body },
		);
		return { id, name };
	}

	/**
	 * Connects an OAuth2 credential, as the Connect button of the credential dialog does.
	 *
	 * @param authorize what the provider's page does when its user agrees: gets the address that n8n
	 * sends the user to, returns the code that the provider sends back; n8n trades it for tokens at
	 * the provider's token endpoint
	 * @throws Error when n8n does not take the code, or the provider not n8n
	 */
	async connectOAuth2(
		{ id }: Pick<CredentialReference, 'id'>,
		authorize: (authorizationUrl: URL) => string,
	): Promise<void> {
		const address = await this.client.request<string>('GET', '/rest/oauth2-credential/auth', {
			query: { id },
		});
		const authorizationUrl = new URL(address);
		const page = await this.client.visit('/rest/oauth2-credential/callback', {
			state: authorizationUrl.searchParams.get('state') ?? '',
			code: authorize(authorizationUrl),
		});
		const isConnected = (await this.data(id)).oauthTokenData === true;
		if (!isConnected) throw new Error(`n8n did not connect the credential: ${page.slice(0, 2000)}`);
	}

	/** The data of a stored credential, without its secrets. */
	async data(id: string): Promise<Record<string, unknown>> {
		const query = { includeData: 'true' };
		const stored = await this.client.request<{ data: Record<string, unknown> }>(
			'GET',
			`/rest/credentials/${id}`,
			{ query },
		);
		return stored.data;
	}

	/** The stored credentials. */
	async all(): Promise<Array<CredentialReference & { type: string }>> {
		return await this.client.request('GET', '/rest/credentials');
	}

	/** The stored credentials of one type. */
	async ofType(type: string): Promise<CredentialReference[]> {
		return (await this.all()).filter((credential) => credential.type === type);
	}

	/** Deletes a stored credential. */
	async delete(id: string): Promise<void> {
		await this.client.request('DELETE', `/rest/credentials/${id}`);
	}

	/** Replaces the data of a stored credential. */
	async update(id: string, credential: NewCredential): Promise<void> {
		await this.client.request('PATCH', `/rest/credentials/${id}`, { body: credential });
	}

	/** What the Save button of the credential dialog shows: does the credential work? */
	async test(
		reference: CredentialReference,
		{ type, data }: Pick<NewCredential, 'type' | 'data'>,
	): Promise<CredentialTestResult> {
		const body = { credentials: { ...reference, type, data } };
		return await this.client.request('POST', '/rest/credentials/test', { body });
	}
}
