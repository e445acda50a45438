import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { meetFault, meetReplyFault } from '../shared/faults';
import { ENDPOINTS, type Account } from './account';
import { limited, Refusal, unauthorized } from './errors';

const JSON_BODY_BYTES = 1024 * 1024;
const UPLOAD_BYTES = 150 * 1024 * 1024;

/** The scope that each call needs; those that are left out need no token. */
const SCOPES: Record<string, string> = {
	[ENDPOINTS.account]: 'account_info.read',
	[ENDPOINTS.list]: 'files.metadata.read',
	[ENDPOINTS.further]: 'files.metadata.read',
	[ENDPOINTS.latestCursor]: 'files.metadata.read',
	[ENDPOINTS.metadata]: 'files.metadata.read',
	[ENDPOINTS.link]: 'files.content.read',
	[ENDPOINTS.download]: 'files.content.read',
	[ENDPOINTS.upload]: 'files.content.write',
};

/** What holds for every call: bodies, faults, tokens, limits, counts and error replies. */
export function useRequestRules(app: FastifyInstance, account: Account): void {
	app.removeAllContentTypeParsers();
	const asText = { parseAs: 'string', bodyLimit: JSON_BODY_BYTES } as const;
	app.addContentTypeParser('application/json', asText, (_request, text, done) => done(null, text));
	app.addContentTypeParser('application/x-www-form-urlencoded', asText, (_request, text, done) =>
		done(null, new URLSearchParams(String(text))),
	);
	app.addContentTypeParser(
		'*',
		{ parseAs: 'buffer', bodyLimit: UPLOAD_BYTES },
		(_request, bytes, done) => done(null, bytes),
	);
	app.addHook('onRequest', async (request, reply) => {
		const { endpoint } = request.routeOptions.config;
		if (!endpoint) return undefined;
		account.counts.follow(endpoint, reply.raw);
		if (/[?&](authorization|access_token)=/.test(request.url)) account.tally.tokensSeenInUrls += 1;
		const fault = account.faults.take(endpoint);
		if (await meetFault(fault, request, reply, account.errorBody)) return reply;
		checkToken(account, request, endpoint);
		checkLimit(account, endpoint);
		return undefined;
	});
	app.addHook('onSend', async (request, reply, payload) =>
		meetReplyFault(request, reply, payload, account.errorBody),
	);
	app.setErrorHandler((error, _request, reply) => {
		sendError(error, reply);
	});
	app.setNotFoundHandler((_request, reply) => {
		void reply.code(404).type('text/plain').send('Not found');
	});
}

function sendError(error: unknown, reply: FastifyReply): void {
	if (!(error instanceof Refusal)) {
		const { statusCode = 500, message = '' } = error as { statusCode?: number; message?: string };
		void reply.code(statusCode).type('text/plain').send(message);
		return;
	}
	const type = typeof error.body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
	const body = typeof error.body === 'string' ? error.body : JSON.stringify(error.body);
	void reply.code(error.status).headers(error.headers).type(type).send(body);
}

function checkToken(account: Account, request: FastifyRequest, endpoint: string): void {
	const scope = SCOPES[endpoint];
	if (scope === undefined) return;
	const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
	if (token === undefined) {
		throw new Refusal(
			400,
			'Must provide HTTP header "Authorization" or URL parameter "authorization".',
		);
	}
	const grant = account.accessTokens.get(token);
	if (!grant) throw unauthorized('invalid_access_token');
	if (grant.isExpired || Date.now() > grant.expiresAt) throw unauthorized('expired_access_token');
	if (!grant.scopes.includes(scope)) throw unauthorized('missing_scope', { required_scope: scope });
}

function checkLimit(account: Account, endpoint: string): void {
	const { requests, windowSeconds } = account.settings.rateLimits;
	if (requests === null || SCOPES[endpoint] === undefined) return;
	const waitSeconds = account.limiter.take('account', requests, windowSeconds);
	if (waitSeconds !== null) throw limited('too_many_requests', waitSeconds);
}
