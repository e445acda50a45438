import type { FastifyInstance } from 'fastify';
import { meetFault, meetReplyFault } from '../shared/faults';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { errorBody, invalidParameter, Refusal, replyTo } from './errors';

const BODY_BYTES = 64 * 1024 * 1024;
// a session's address is the secret of its upload
const WITHOUT_TOKEN: string[] = [ENDPOINTS.token, ENDPOINTS.sendChunk];

/** What holds for every call: bodies, faults, tokens, counts and error replies. */
export function useRequestRules(app: FastifyInstance, account: Account): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser(
		'*',
		{ parseAs: 'buffer', bodyLimit: BODY_BYTES },
		(_request, body, done) => done(null, body),
	);
	app.addHook('onRequest', async (request, reply) => {
		const { endpoint } = request.routeOptions.config;
		if (!endpoint) return;
		const isDownload = endpoint === ENDPOINTS.get && isMedia(request.query);
		const name = isDownload ? ENDPOINTS.download : endpoint;
		account.counts.follow(name, reply.raw);
		if (/[?&](access_token|oauth_token)=/.test(request.url)) account.tokensSeenInUrls += 1;
		if (await meetFault(account.faults.take(name), request, reply, errorBody)) return reply;
		if (!WITHOUT_TOKEN.includes(name)) account.authenticate(request.headers.authorization);
		return undefined;
	});
	app.addHook('onSend', async (request, reply, payload) =>
		meetReplyFault(request, reply, payload, errorBody),
	);
	app.setErrorHandler((error, _request, reply) => {
		const { status, body } = replyTo(error);
		void reply.code(status).send(body);
	});
	app.setNotFoundHandler((_request, reply) => {
		void reply.code(404).type('text/html').send('<title>Error 404 (Not Found)!!1</title>');
	});
}

/** Whether a read asks for the file's bytes. */
export function isMedia(query: unknown): boolean {
	return (query as { alt?: string }).alt === 'media';
}

/**
 * A JSON body.
 *
 * @throws Refusal (400) on a body that is no JSON object
 */
export function jsonOf<Body extends object>(body: unknown): Body {
	if (body === undefined || (body as Buffer).length === 0) return {} as Body;
	try {
		const parsed = JSON.parse(String(body)) as unknown;
		if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
			return parsed as Body;
		}
	} catch {
		// said below
	}
	throw new Refusal(400, 'parseError', 'Parse Error');
}

/** A parameter that is true or false. Throws a Refusal (400) on anything else. */
export function booleanOf(query: Record<string, string>, name: string): boolean {
	const text = query[name];
	if (text === undefined || text === 'false') return false;
	if (text === 'true') return true;
	throw invalidParameter(name, `Invalid boolean value: '${text}'.`);
}
