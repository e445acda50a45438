import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authenticated } from '../nodes/shared/http/authentication';

/** An API key of Scriptivox. */
export class ScriptivoxApi implements ICredentialType {
	name = 'scriptivoxApi';

	displayName = 'Scriptivox API';

	icon: Icon = {
		light: 'file:../icons/scriptivox.svg',
		dark: 'file:../icons/scriptivox.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-transcription/n8n-nodes-transcription/blob/main/docs/providers/scriptivox.md#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'Make a key at <a href="https://platform.scriptivox.com/keys" target="_blank">platform.scriptivox.com/keys</a>. You need no plan, but a balance: transcriptions are paid in advance.',
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
			placeholder: 'e.g. sk_live_…',
			description: 'It is shown once, when it is made. It also checks the webhooks.',
		},
		{
			displayName: 'Previous API Key',
			name: 'previousApiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'After a change of the API Key: the one before it, so that webhooks of jobs that it started are still accepted. Nothing is sent with it.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			placeholder: 'e.g. https://api.scriptivox.com/v1',
			default: 'https://api.scriptivox.com/v1',
			required: true,
			description: 'Where the API is. Leave it as it is unless you use another address.',
		},
	];

	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticated('Scriptivox', [['Authorization', 'apiKey']], credential, request);
	}

	// the cheapest call that only an active key may make
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/balance',
			// a redirect would carry the key to another host
			disableFollowRedirect: true,
		},
		// a web page answers 200 as well
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'balance_cents',
					value: undefined,
					message: 'The Base URL does not lead to the API of Scriptivox',
				},
			},
		],
	};
}
