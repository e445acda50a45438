import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ENDPOINTS, type Account, type Grant } from './account';
import { Refusal } from './errors';

/** The page on which a user lets an app in; here everybody agrees at once. */
export function useAuthorization(app: FastifyInstance, account: Account): void {
	const config = { endpoint: ENDPOINTS.authorize };
	app.get('/oauth2/authorize', { config }, async (request, reply) => {
		const query = new URL(request.url, 'http://dropbox').searchParams;
		const back = new URL(query.get('redirect_uri') ?? '');
		back.searchParams.set('code', authorize(account, query));
		const state = query.get('state');
		if (state !== null) back.searchParams.set('state', state);
		return reply.redirect(back.href);
	});
}

/**
 * The code that the app gets when its user agrees.
 *
 * @throws Refusal where the app asks wrongly
 */
export function authorize(account: Account, query: URLSearchParams): string {
	const { appKey, redirectUris, scopes } = account.settings;
	const redirectUri = query.get('redirect_uri') ?? '';
	if (query.get('client_id') !== appKey) throw new Refusal(400, 'Invalid client_id');
	if (query.get('response_type') !== 'code') throw new Refusal(400, 'Invalid response_type');
	if (redirectUris !== null && !redirectUris.includes(redirectUri)) {
		throw new Refusal(400, 'Invalid redirect_uri. It must exactly match one of the app.');
	}
	const wanted = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
	const excess = wanted.filter((scope) => !scopes.includes(scope));
	if (excess.length > 0) throw new Refusal(400, `The app may not ask for ${excess.join(', ')}`);
	return account.issue(account.codes, 'code-', {
		scopes: wanted.length > 0 ? wanted : scopes,
		isOffline: query.get('token_access_type') === 'offline',
		redirectUri,
		expiresAt: Date.now() + 600_000,
		isExpired: false,
	});
}

/** Hands out tokens for codes and refresh tokens. */
export function useTokens(app: FastifyInstance, account: Account): void {
	const config = { endpoint: ENDPOINTS.token };
	app.post('/oauth2/token', { config }, async (request, reply) => {
		// OAuth wants this of every answer with a token
		reply.header('cache-control', 'no-store');
		const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
		checkApp(account, request, form);
		const kind = form.get('grant_type');
		if (kind === 'refresh_token') return refreshed(account, form);
		if (kind === 'authorization_code') return exchanged(account, form);
		throw oauthError('unsupported_grant_type', 'grant_type is not supported');
	});
}

function checkApp(account: Account, { headers }: FastifyRequest, form: URLSearchParams): void {
	const basic = /^Basic (\S+)$/.exec(headers.authorization ?? '')?.[1];
	const [key = '', secret = ''] = basic
		? Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent)
		: [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
	const { appKey, appSecret } = account.settings;
	if (key === appKey && secret === appSecret) return;
	throw oauthError('invalid_client', 'Invalid client_id or client_secret');
}

function exchanged(account: Account, form: URLSearchParams): object {
	const code = form.get('code') ?? '';
	const grant = account.codes.get(code);
	account.codes.delete(code);
	if (!grant) throw oauthError('invalid_grant', "code doesn't exist or has expired");
	if (form.get('redirect_uri') !== grant.redirectUri) {
		throw oauthError('invalid_grant', 'redirect_uri mismatch');
	}
	const refreshToken = grant.isOffline
		? { refresh_token: account.issue(account.refreshTokens, '', { ...grant, expiresAt: Infinity }) }
		: {};
	return { ...accessToken(account, grant), ...refreshToken, ...who(account, grant) };
}

function refreshed(account: Account, form: URLSearchParams): object {
	const grant = account.refreshTokens.get(form.get('refresh_token') ?? '');
	if (!grant || grant.isExpired) {
		throw oauthError('invalid_grant', 'refresh token is invalid or revoked');
	}
	account.tally.tokensRefreshed += 1;
	return accessToken(account, grant);
}

function accessToken(account: Account, grant: Grant): object {
	const { tokenSeconds } = account.settings;
	const expiresAt = Date.now() + tokenSeconds * 1000;
	return {
		access_token: account.issue(account.accessTokens, 'sl.', { ...grant, expiresAt }),
		token_type: 'bearer',
		expires_in: tokenSeconds,
	};
}

function who({ settings }: Account, { scopes }: Grant): object {
	return { scope: scopes.join(' '), uid: '12345678', account_id: settings.accountId };
}

function oauthError(error: string, description: string): Refusal {
	return new Refusal(400, { error, error_description: description });
}
