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

	async authenticate(
		credential: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return authenticated('Whipscribe', IDENTITY, credential, request);
	}
}
