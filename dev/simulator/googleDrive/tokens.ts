import type { FastifyInstance } from 'fastify';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';

/** What is refused at the token endpoint, in the words of OAuth 2.0. */
function refused(error: string, description: string) {
	return { error, error_description: description };
}

/** POST /token: a refresh token becomes an access token (Google's guide to OAuth 2.0 for web servers). */
export function useTokens(app: FastifyInstance, account: Account): void {
	app.post('/token', {
		config: { endpoint: ENDPOINTS.token },
		handler: async (request, reply) => {
			const { clientId, clientSecret, refreshToken, accessTokenSeconds } = account.settings;
			const form = new URLSearchParams(String(request.body ?? ''));
			if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
				return await reply.code(401).send(refused('invalid_client', 'Unauthorized'));
			}
			if (form.get('grant_type') !== 'refresh_token') {
				const words = `Invalid grant_type: ${form.get('grant_type')}`;
				return await reply.code(400).send(refused('unsupported_grant_type', words));
			}
			if (refreshToken === '' || form.get('refresh_token') !== refreshToken) {
				const words = 'Token has been expired or revoked.';
				return await reply.code(400).send(refused('invalid_grant', words));
			}
			return {
				access_token: account.issueToken(),
				expires_in: accessTokenSeconds,
				scope: 'https://www.googleapis.com/auth/drive',
				token_type: 'Bearer',
			};
		},
	});
}
