import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authenticated } from '../nodes/shared/http/authentication';

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
			displayName:
				'Make a key at <a href="https://app.transcription.solutions/settings" target="_blank">app.transcription.solutions/settings</a>, under API keys. You need a Pro or Business plan.',
			name: 'setupNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. ts_…',
			description: 'It is shown once, when it is made',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The secret that the dashboard shows under Settings, Webhooks. Only the trigger needs it, to check webhooks.',
		},
		{
			displayName: 'Previous Webhook Secret',
			name: 'previousWebhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'After a change of the Webhook Secret: the one before it, so that webhooks signed with it are still accepted',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			placeholder: 'e.g. https://api.transcription.solutions/api/v1',
			default: 'https://api.transcription.solutions/api/v1',
			required: true,
			description: 'Where the API is. Leave it as it is unless you use another address.',
		},
	];

	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticated('Transcripton', [['X-API-Key', 'apiKey']], credential, request);
	}

	// the cheapest call that only an active key may make
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/jobs',
			qs: { page: 1, limit: 1 },
			// a redirect would carry the key to another host
			disableFollowRedirect: true,
		},
		// a web page or another service answers 200 as well
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'jobs',
					value: undefined,
					message: 'The Base URL does not lead to the API of Transcripton',
				},
			},
		],
	};
}
