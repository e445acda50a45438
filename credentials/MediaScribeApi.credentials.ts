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

const HEADERS: CredentialHeader[] = [['Authorization', 'apiToken', 'Bearer ']];

/** An API token of a MediaScribe appliance. */
export class MediaScribeApi implements ICredentialType {
	name = 'mediaScribeApi';

	displayName = 'MediaScribe API';

	icon: Icon = {
		light: 'file:../icons/mediascribe.svg',
		dark: 'file:../icons/mediascribe.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-transcription/n8n-nodes-transcription/blob/main/docs/providers/mediascribe.md#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'Make a token on your appliance under Settings, Configuration, Authentication, Manage, New API Token: <a href="https://support.mediascribe.ai/s/articles/starting-and-stopping-mediascribe-with-the-api" target="_blank">how the API works</a>. You need no plan, but an appliance that n8n can reach.',
			name: 'setupNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. http://192.168.1.20:8080',
			description: "The appliance's own address with protocol and port, without a path",
		},
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'It is shown once, when it is made',
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description:
				'Whether to connect over https even if n8n does not trust the certificate, such as one that the appliance signed itself',
		},
	];

	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return {
			...authenticated('MediaScribe', HEADERS, credential, request),
			skipSslCertificateValidation: credential.ignoreSslIssues === true,
		};
	}

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/api/control/status',
			// a redirect would carry the token to another host
			disableFollowRedirect: true,
		},
		// a web page or another service answers 200 as well
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'presets',
					value: undefined,
					message: 'Something answers at this Base URL, but it is no MediaScribe appliance',
				},
			},
		],
	};
}
