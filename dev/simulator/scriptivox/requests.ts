import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readJsonBodies } from '../shared/jsonBodies';
import { meetFault, meetReplyFault } from '../shared/faults';
import type { Account } from './account';
import { errorBody, Refusal, refusalOf } from './errors';

const JSON_BODY_BYTES = 100 * 1024;

/** What holds for every call of the API: bodies, faults, limits, keys, counts and error replies. */
export function useRequestRules(app: FastifyInstance, account: Account): void {
	readJsonBodies(
		app,
		JSON_BODY_BYTES,
		() => new Refusal('INVALID_REQUEST', 'The body is not valid JSON'),
	);
	app.addHook('onRequest', async (request, reply) => {
		const { endpoint } = request.routeOptions.config;
		if (!endpoint) return;
		account.counts.follow(endpoint, reply.raw);
		if (account.holdsKey(request.url)) account.keysSeen.urls += 1;
		if (await meetFault(account.faults.take(endpoint), request, reply, errorBody)) return reply;
		limitAddress(account, request);
		request.apiKey = authenticated(account, request);
		limitKey(account, request.apiKey, endpoint);
		return undefined;
	});
	app.addHook('onSend', async (request, reply, payload) =>
		meetReplyFault(request, reply, payload, errorBody),
	);
	app.setErrorHandler((error, _request, reply) => {
		const refusal = refusalOf(error);
		void reply
			.code(refusal.status)
			.headers(refusal.headers)
			.send(errorBody(refusal.status, refusal.code, refusal.message));
	});
	app.setNotFoundHandler(() => {
		throw new Refusal('NOT_FOUND', 'There is nothing at this address');
	});
}

/** Refuses a body that is not JSON, a missing one too: a Fastify preValidation hook. */
export async function requireJson(request: FastifyRequest): Promise<void> {
	if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
		throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be application/json');
	}
}

/** The key in `Authorization: <key>`, `Authorization: Bearer <key>` or `X-Api-Key: <key>`. */
function authenticated(account: Account, request: FastifyRequest): string {
	const { authorization, 'x-api-key': apiKeyHeader } = request.headers;
	const key = authorization?.replace(/^Bearer\s+/i, '') ?? String(apiKeyHeader ?? '');
	if (account.settings.revokedKeys.includes(key)) {
		throw new Refusal('API_KEY_REVOKED', 'This API key was revoked');
	}
	if (!account.settings.apiKeys.includes(key)) {
		throw new Refusal('INVALID_API_KEY', 'The API key is missing or not valid');
	}
	return key;
}

function limitAddress(account: Account, request: FastifyRequest): void {
	limit(account, `address ${request.ip}`, account.settings.rateLimits.perAddress);
}

function limitKey(account: Account, apiKey: string, endpoint: string): void {
	const places = account.settings.rateLimits.perKey[endpoint];
	if (places !== undefined) limit(account, `${apiKey} ${endpoint}`, places);
}

function limit(account: Account, name: string, places: number): void {
	const { enabled, windowSeconds } = account.settings.rateLimits;
	if (!enabled) return;
	const waitSeconds = account.limiter.take(name, places, windowSeconds);
	if (waitSeconds === null) return;
	throw new Refusal('RATE_LIMIT_EXCEEDED', 'Too many requests', {
		'retry-after': String(waitSeconds),
	});
}
