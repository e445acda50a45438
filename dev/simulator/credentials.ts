import type { Simulator } from './server';

/** A credential of n8n that makes a node talk to the simulator. */
export interface SimulatedCredential {
	name: string;
	/** Name of the credential type. */
	type: string;
	data: Record<string, unknown>;
}

/** What to enter into n8n for each simulated provider. */
export function simulatedCredentials(simulator: Simulator): SimulatedCredential[] {
	const { dropbox, googleDrive, mediascribe, scripe, scriptivox, transcripton, whipscribe } =
		simulator;
	const [idToken = '', userEmail = ''] = Object.entries(whipscribe.settings.idTokens)[0] ?? [];
	return [
		{
			name: 'Dropbox (simulator)',
			type: 'dropboxUploadOAuth2Api',
			data: {
				clientId: dropbox.settings.appKey,
				clientSecret: dropbox.settings.appSecret,
				oauthTokenData: dropbox.tokens(),
			},
		},
		{
			name: 'Google Drive (simulator)',
			type: 'googleDriveOAuth2Api',
			data: {
				clientId: googleDrive.settings.clientId,
				clientSecret: googleDrive.settings.clientSecret,
				oauthTokenData: googleDrive.tokens,
			},
		},
		{
			name: 'MediaScribe (simulator)',
			type: 'mediaScribeApi',
			data: { apiToken: mediascribe.apiToken, baseUrl: mediascribe.baseUrl },
		},
		{
			name: 'Scripe (simulator)',
			type: 'scripeApi',
			data: { apiKey: scripe.apiKey, baseUrl: scripe.baseUrl },
		},
		{
			name: 'Scriptivox (simulator)',
			type: 'scriptivoxApi',
			data: { apiKey: scriptivox.apiKey, baseUrl: scriptivox.baseUrl },
		},
		{
			name: 'Transcripton (simulator)',
			type: 'transcriptonApi',
			data: {
				apiKey: transcripton.apiKey,
				webhookSecret: transcripton.webhookSecret,
				baseUrl: transcripton.baseUrl,
			},
		},
		{
			name: 'Whipscribe (simulator)',
			type: 'whipscribeApi',
			data: { apiKey: whipscribe.apiKey, idToken, userEmail, baseUrl: whipscribe.baseUrl },
		},
	];
}
