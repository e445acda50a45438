import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** Access to a Dropbox account through an app of the user's own (Dropbox OAuth guide). */
export class DropboxUploadOAuth2Api implements ICredentialType {
	name = 'dropboxUploadOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Dropbox Upload OAuth2 API';

	icon: Icon = {
		light: 'file:../icons/dropboxUpload.svg',
		dark: 'file:../icons/dropboxUpload.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-transcription/n8n-nodes-transcription/blob/main/docs/providers/dropbox.md#credential';

	properties: INodeProperties[] = [
		{
			displayName:
				'Make an app in Dropbox\'s <a href="https://www.dropbox.com/developers/apps" target="_blank">App Console</a>. Its app key is the Client ID, its app secret the Client Secret. You need no paid plan.',
			name: 'setupNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'authorizationCode',
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: 'https://www.dropbox.com/oauth2/authorize',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: 'https://api.dropboxapi.com/oauth2/token',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'hidden',
			default: 'account_info.read files.metadata.read files.content.read files.content.write',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			// without it Dropbox gives no refresh token, and the connection ends after four hours
			default: 'token_access_type=offline',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
	];
}
