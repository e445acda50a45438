import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authenticated } from '../nodes/shared/http/authentication';
import type { CredentialHeader } from '../nodes/shared/http/authentication';

const HEADERS: CredentialHeader[] = [
	['Authorization', 'apiKey', 'Bearer '],
	['Scripe-Api-Version', 'apiVersion'],
];

/** An API key of a Scripe workspace. */
export class ScripeApi implements ICredentialType {
	name = 'scripeApi';

	displayName = 'Scripe API';

	icon: Icon = {
		light: 'file:../icons/scripe.svg',
		dark: 'file:../icons/scripe.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-transcription/n8n-nodes-transcription/blob/main/docs/providers/scripe.md#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'Make a key in Scripe under Settings, Developer, API keys, and tick the scopes that it needs: <a href="https://apidocs.scripe.io/api/v1/auth" target="_blank">how keys work</a>. You need an Advanced or Business plan.',
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
			placeholder: 'e.g. scripe_sk_live_…',
			description: 'It may do only what its scopes allow',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: '2026-08-01',
			required: true,
			placeholder: 'e.g. 2026-08-01',
			description: 'The date of the API that every request asks for',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			placeholder: 'e.g. https://api.scripe.io/v1',
			default: 'https://api.scripe.io/v1',
			required: true,
			description: 'Where the API is. Leave it as it is unless you use another address.',
		},
	];

	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticated('Scripe', HEADERS, credential, request);
	}

	// the call that tells a key whose it is: it asks for no scope
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/workspaces/me',
			// a redirect would carry the key to another host
			disableFollowRedirect: true,
		},
		// a web page or another service answers 200 as well
		rules: ['workspace', 'principal'].map((key) => ({
			type: 'responseSuccessBody',
			properties: {
				key,
				value: undefined,
				message: 'The Base URL does not lead to the API of Scripe',
			},
		})),
	};
}
