import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { readJsonBodies } from '../shared/jsonBodies';
import { meetFault, meetReplyFault } from '../shared/faults';
import { ENDPOINTS, SCOPES } from './endpoints';
import { errorBody, Refusal, refusalOf } from './errors';
import { ELIGIBLE_PLANS } from './settings';
import type { Workspace } from './workspace';

const LARGEST_BODY_BYTES = 8 * 1024 ** 2;

/** What holds for every call of the API: bodies, faults, keys, versions, limits and error replies. */
export function useRequestRules(app: FastifyInstance, workspace: Workspace): void {
	readJsonBodies(
		app,
		LARGEST_BODY_BYTES,
		() => new Refusal('invalid_request', 'The body is not valid JSON'),
	);
	app.addHook('onRequest', async (request, reply) => {
		const { endpoint } = request.routeOptions.config;
		if (!endpoint) return;
		workspace.counts.follow(endpoint, reply.raw);
		reply.header('X-Request-Id', randomUUID());
		if (await meetFault(workspace.faults.take(endpoint), request, reply, errorBody)) return reply;
		request.apiKey = authenticated(workspace, request);
		requireVersion(workspace, request);
		limit(workspace, reply);
		requireScope(workspace, endpoint);
		return undefined;
	});
	app.addHook('onSend', async (request, reply, payload) =>
		meetReplyFault(request, reply, payload, errorBody),
	);
	app.setErrorHandler((error, _request, reply) => {
		const { status, code, message, extras, headers } = refusalOf(error);
		void reply
			.code(status)
			.headers(headers)
			.send(errorBody(status, code, message, extras));
	});
	app.setNotFoundHandler(() => {
		throw new Refusal('not_found', 'There is nothing at this address');
	});
}

/**
 * Answers a write, once for each idempotency key.
 *
 * @param run does it and gives what goes into `data`
 */
export async function answerWrite(
	workspace: Workspace,
	request: FastifyRequest,
	reply: FastifyReply,
	run: () => Promise<object>,
): Promise<object> {
	const { endpoint = '' } = request.routeOptions.config;
	const key = request.headers['idempotency-key'] as string | undefined;
	const { idempotentBodyBytes, idempotentSourceBytes } = workspace.settings;
	const most = endpoint === ENDPOINTS.createSource ? idempotentSourceBytes : idempotentBodyBytes;
	if (key !== undefined && Number(request.headers['content-length'] ?? 0) > most) {
		throw new Refusal(
			'payload_too_large',
			`A body with an Idempotency-Key has at most ${most} bytes`,
		);
	}
	const { idempotencyKeys } = workspace;
	// a reply stays as it was, whatever becomes of the thing that it tells of
	const frozen = async () => structuredClone(await run());
	const route = request.url;
	const outcome = await idempotencyKeys.once(route, key, request.body, frozen);
	if (outcome.replayed !== null) reply.header('Idempotent-Replayed', String(outcome.replayed));
	return { data: outcome.reply };
}

function authenticated(workspace: Workspace, request: FastifyRequest): string {
	const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
	const { apiKeys, expiredKeys, revokedKeys, plan } = workspace.settings;
	if (expiredKeys.includes(key)) throw new Refusal('key_expired', 'This key has expired');
	if (revokedKeys.includes(key)) throw new Refusal('key_revoked', 'This key was revoked');
	if (!apiKeys.includes(key)) {
		throw new Refusal('invalid_token', 'The key is missing or not valid');
	}
	if (!ELIGIBLE_PLANS.includes(plan)) {
		throw new Refusal('plan_not_eligible', `The plan ${plan} has no access to the API`);
	}
	return key;
}

/** Without the header the default version is meant; the pages disagree, and the API reference wins. */
function requireVersion(workspace: Workspace, request: FastifyRequest): void {
	const version = request.headers['scripe-api-version'];
	const accepted = workspace.settings.versions;
	if (version === undefined) workspace.unversioned += 1;
	else if (!accepted.includes(String(version))) {
		throw new Refusal('version_unsupported', 'There is no such version', { details: { accepted } });
	}
}

function requireScope(workspace: Workspace, endpoint: string): void {
	const required = SCOPES[endpoint];
	if (required === undefined || !workspace.settings.missingScopes.includes(required)) return;
	throw new Refusal('scope_missing', 'The key lacks a scope', { details: { required } });
}

function limit(workspace: Workspace, reply: FastifyReply): void {
	const { enabled, windowSeconds, places } = workspace.settings.rateLimits;
	if (!enabled) return;
	const waitSeconds = workspace.limiter.take('workspace', places, windowSeconds);
	reply.header('X-RateLimit-Limit', String(places));
	if (waitSeconds === null) return;
	throw new Refusal(
		'rate_limited',
		'Too many requests',
		{},
		{
			'Retry-After': String(waitSeconds),
			'X-RateLimit-Remaining': '0',
			'X-RateLimit-Reset': String(waitSeconds),
		},
	);
}
