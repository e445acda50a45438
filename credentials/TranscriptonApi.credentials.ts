import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

/** An API key of Transcripton, and the secret of its webhooks. */
export class TranscriptonApi implements ICredentialType {
	name = 'transcriptonApi';

	displayName = 'Transcripton API';

	icon: Icon = {
		light: 'file:../icons/transcripton.svg',
		dark: 'file:../icons/transcripton.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-transcription/n8n-nodes-transcription/blob/main/docs/providers/transcripton.md#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'A key from app.transcription.solutions, Settings, API Keys. Needs a Pro plan or a larger one.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The secret that the dashboard shows under Settings, Webhooks. Only the trigger needs it, to check what comes.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.transcription.solutions/api/v1',
			required: true,
			description: 'Where the API is. Leave it as it is unless you use another address.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { 'X-API-Key': '={{ $credentials.apiKey }}' } },
	};

	// the cheapest call that only an active key may make
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/jobs',
			qs: { page: 1, limit: 1 },
			// a redirect would carry the key to another host
			disableFollowRedirect: true,
		},
	};
}
