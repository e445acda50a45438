import type {
	ICredentialDataDecryptedObject,
	Icon,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { authenticated } from '../nodes/shared/http/authentication';
import { IDENTITY } from '../nodes/Whipscribe/identity';

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
			displayName:
				'Ask for a key at <a href="https://www.whipscribe.com/keys" target="_blank">whipscribe.com/keys</a>; newer accounts make one under Account, API key. Whipscribe names no plan that a key needs.',
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
			description: 'It goes with every request',
		},
		{
			displayName: 'User Email',
			name: 'userEmail',
			type: 'string',
			default: '',
			placeholder: 'e.g. name@example.com',
			description: 'The account to work for. Without one, each job gives a claim token.',
		},
		{
			displayName: 'ID Token',
			name: 'idToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The Firebase ID token of a signed-in user, needed to claim jobs. It expires after a while: then enter a new one.',
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
			placeholder: 'e.g. https://whipscribe.com/api/v1',
			default: 'https://whipscribe.com/api/v1',
			required: true,
			description: 'Where the API is. Leave it as it is unless you use another address.',
		},
	];

	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticated('Whipscribe', IDENTITY, credential, request);
	}
}
