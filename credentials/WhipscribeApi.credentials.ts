import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

/** The headers by which Whipscribe knows who calls, in front of the field that each carries. */
const IDENTITY: ReadonlyArray<[header: string, field: string, prefix: string]> = [
	['X-API-Key', 'apiKey', ''],
	['Authorization', 'idToken', 'Bearer '],
	['X-User-Email', 'userEmail', ''],
	['X-Guest-Token', 'guestToken', ''],
];

/** An API key of Whipscribe, and for whom it acts. */
export class WhipscribeApi implements ICredentialType {
	name = 'whipscribeApi';

	displayName = 'Whipscribe API';

	icon: Icon = {
		light: 'file:../icons/whipscribe.svg',
		dark: 'file:../icons/whipscribe.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-transcription/n8n-nodes-transcription/blob/main/docs/providers/whipscribe.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'A key of Whipscribe. It goes with every request.',
		},
		{
			displayName: 'User Email',
			name: 'userEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. name@example.com',
			description: 'The account to work for, as a hint from server to server',
		},
		{
			displayName: 'ID Token',
			name: 'idToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The Firebase ID token of a signed-in user, needed to claim jobs. It runs out after a while and has to be entered anew.',
		},
		{
			displayName: 'Guest Token',
			name: 'guestToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The token that came with a purchase as a guest',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://whipscribe.com/api/v1',
			required: true,
			description: 'Where the API is. Leave it as it is unless you use another address.',
		},
	];

	/** Adds what is filled in: an empty header would be taken for a wrong one. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const identity = IDENTITY.map(([header, field, prefix]) => {
			const value = String(credentials[field] ?? '').trim();
			return value === '' ? {} : { [header]: prefix + value };
		});
		return {
			...requestOptions,
			headers: Object.assign({ ...requestOptions.headers }, ...identity) as Record<string, string>,
		};
	}

	// answered to anybody, so that the reply has to say who it takes us for
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/me',
			// a redirect would carry the key to another host
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'tier',
					value: 'guest',
					message: 'Whipscribe takes this key for nobody’s: it answers as to a guest',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'tier',
					value: undefined,
					message: 'The Base URL does not lead to Whipscribe’s API',
				},
			},
		],
	};
}
