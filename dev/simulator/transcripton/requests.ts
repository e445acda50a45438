import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cutsBody, meetFault, meetReplyFault } from '../shared/faults';
import { readJsonBodies } from '../shared/jsonBodies';
import type { Account } from './account';
import { ENDPOINTS, LIMITED } from './endpoints';
import { errorBody, InvalidFields, Refusal, replyTo } from './errors';

const JSON_BODY_BYTES = 100 * 1024;

const cutUploads = new WeakSet<FastifyRequest>();

/** Whether this upload is to break off while its body comes in. */
export function isCut(request: FastifyRequest): boolean {
	return cutUploads.has(request);
}

/** What holds for every call of the API: bodies, faults, keys, limits, counts and error replies. */
export function useRequestRules(app: FastifyInstance, account: Account): void {
	readJsonBodies(
		app,
		JSON_BODY_BYTES,
		() => new InvalidFields([{ loc: ['body'], msg: 'JSON decode error', type: 'json_invalid' }]),
	);
	// The form stays a stream; whatever else comes is no body to this API.
	app.addContentTypeParser('*', (_request, _body, done) => done(null));
	app.addHook('onRequest', async (request, reply) => {
		const { endpoint } = request.routeOptions.config;
		if (!endpoint) return;
		account.counts.follow(endpoint, reply.raw);
		if (account.holdsKey(request.url)) account.keysSeenInUrls += 1;
		const fault = account.faults.take(endpoint);
		if (endpoint === ENDPOINTS.upload && cutsBody(fault)) cutUploads.add(request);
		else if (await meetFault(fault, request, reply, errorBody)) return reply;
		request.apiKey = authenticated(account, request);
		limit(account, endpoint);
		return undefined;
	});
	app.addHook('onSend', async (request, reply, payload) =>
		meetReplyFault(request, reply, payload, errorBody),
	);
	app.setErrorHandler((error, _request, reply) => {
		const { status, headers, body } = replyTo(error);
		void reply.code(status).headers(headers).send(body);
	});
	app.setNotFoundHandler((_request, reply) => {
		void reply.code(404).send({ detail: 'Not Found' });
	});
}

/** The key in `X-API-Key`; no other header is looked at. */
function authenticated(account: Account, request: FastifyRequest): string {
	const key = String(request.headers['x-api-key'] ?? '');
	if (account.settings.apiKeys.includes(key)) return key;
	throw new Refusal('invalid_api_key', 'The API key is missing or unknown');
}

function limit(account: Account, endpoint: string): void {
	const { enabled, windowSeconds, places } = account.settings.rateLimits;
	const name = LIMITED[endpoint];
	if (!enabled || !name) return;
	const waitSeconds = account.limiter.take(name, places[name], windowSeconds);
	if (waitSeconds === null) return;
	const headers = { 'retry-after': String(waitSeconds) };
	throw new Refusal('rate_limited', 'Too many requests', {}, headers);
}
