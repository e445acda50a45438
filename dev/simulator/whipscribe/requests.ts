import type { FastifyInstance, FastifyRequest } from 'fastify';
import { cutsBody, meetFault, meetReplyFault } from '../shared/faults';
import { readJsonBodies } from '../shared/jsonBodies';
import { ENDPOINTS, type Account } from './account';
import { callerOf } from './callers';
import { envelopeOf, Refusal, refusalOf } from './errors';

const JSON_BODY_BYTES = 100 * 1024;

/** What holds for every call: bodies, faults, keys, limits, counts and error replies. */
export function useRequestRules(app: FastifyInstance, account: Account): void {
	readJsonBodies(app, JSON_BODY_BYTES, () => new Refusal(null, 'The body is not valid JSON'));
	// a form stays a stream: its file is hashed as it comes
	app.addContentTypeParser('multipart/form-data', (_request, _body, done) => done(null));
	app.addHook('onRequest', async (request, reply) => {
		const { endpoint } = request.routeOptions.config;
		if (!endpoint) return undefined;
		account.counts.follow(endpoint, reply.raw);
		if (account.settings.apiKeys.some((key) => request.url.includes(key))) {
			account.keysSeenInUrls += 1;
		}
		const fault = account.faults.take(endpoint);
		// one that cuts an upload does so while the body comes
		if (endpoint === ENDPOINTS.transcribe && cutsBody(fault)) {
			request.replyFault = fault;
		} else if (await meetFault(fault, request, reply, account.errorBody)) {
			return reply;
		}
		if (endpoint !== ENDPOINTS.me) checkKey(account, request, endpoint);
		return undefined;
	});
	app.addHook('onSend', async (request, reply, payload) =>
		meetReplyFault(request, reply, payload, account.errorBody),
	);
	app.setErrorHandler((error, _request, reply) => {
		const { status, code, message, extras, headers } = refusalOf(error);
		const { errorEnvelope } = account.settings;
		void reply
			.code(status)
			.headers(headers)
			.send(envelopeOf(errorEnvelope, code, message, extras));
	});
	app.setNotFoundHandler((_request, reply) => {
		void reply.code(404).send({ detail: 'Not Found' });
	});
}

function checkKey(account: Account, request: FastifyRequest, endpoint: string): void {
	const { apiKey } = callerOf(account.settings, request);
	const { perKey, windowSeconds, retryAfter } = account.settings.rateLimits;
	if (perKey === null) return;
	const waitSeconds = account.limiter.take(`${apiKey} ${endpoint}`, perKey, windowSeconds);
	if (waitSeconds === null) return;
	const headers: Record<string, string> = retryAfter ? { 'retry-after': String(waitSeconds) } : {};
	throw new Refusal('RATE_LIMITED', 'Too many requests', {}, headers);
}
