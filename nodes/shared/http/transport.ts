import { deepCopy, NodeApiError } from 'n8n-workflow';
import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { networkCodeOf } from './connection';
import { credentialOf } from '../core/credential';
import { LINE_LIMITS } from './lineLimits';
import { LineWatch } from './lineWatch';
import { REFUSED_FOR_NOW } from './passing';
import { cancelSignalOf } from '../core/provider';
import type { Provider, RequestContext } from '../core/provider';
import { readRefusal, readReply } from './replyBody';
import type { Reply, ReplyKind } from './replyBody';
import { isStreamedBody } from './streamedFile';
import type { Sending } from './streamedFile';
import { objectOf } from '../core/wireValues';

const UNAUTHORIZED = 401;

/** What n8n's OAuth2 client calls an OAuth error, and a status without one, of the token's address. */
const REFUSED_TOKEN = 'EAUTH';
const REFUSED_STATUS = 'ESTATUS';

/** What came back: a reply of whatever status, or the reason why none came. */
export type Outcome =
	| { reply: Reply }
	| {
			/** The network's code (`ECONNRESET`), null where it gives none; its message, not yet fit to show. */
			lost: { code: string | null; message: string };
	  };

/** A request without its authentication. */
export interface RequestOptions {
	method: IHttpRequestOptions['method'];
	url: string;
	headers?: IDataObject;
	query?: IDataObject;
	body?: IHttpRequestOptions['body'];
	/** How the reply's body is wanted. */
	wants: ReplyKind;
	/** How long nothing may move until the reply begins, in seconds; 300 by default. */
	replySeconds?: number;
	/** Is told how many bytes of a file the connection has taken. */
	moved?(bytes: number): void;
	/** Holds back the last piece of a file until it resolves. */
	mayEnd?(signal: AbortSignal): Promise<void>;
}

/**
 * What n8n sends. Its reply comes as a stream, where each piece that arrives is seen. It writes the
 * credential into the very objects that it is given, so each request gets objects of its own: a key
 * must not reach the next request of another credential.
 */
function n8nOptions(
	{ method, url, headers, query, body }: RequestOptions,
	signal: AbortSignal,
): IHttpRequestOptions {
	return {
		method,
		url,
		headers: { ...headers },
		qs: { ...query },
		body: isJson(body) ? deepCopy(body) : body,
		json: true,
		encoding: 'stream',
		// no limit of n8n's: its own is one on the whole
		timeout: 0,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// a redirect would carry the key to another host, and keeps a copy of the body to send it again
		disableFollowRedirect: true,
		abortSignal: signal,
	};
}

/** Whether a body is plain data, and neither bytes nor a stream nor a form. */
function isJson(body: unknown): body is IDataObject {
	const prototype: unknown = body && Object.getPrototypeOf(body);
	return prototype === Object.prototype;
}

function lostConnection(
	caught: unknown,
	signal: AbortSignal | undefined,
	body: RequestOptions['body'],
): Outcome {
	// what was caught holds the request with its key; the reason says who stopped it
	if (signal?.aborted) throw signal.reason as Error;
	// it was n8n's storage that ended the request: the line is fine
	if (isStreamedBody(body) && body.failure) throw body.failure;
	return { lost: { code: networkCodeOf(caught), message: (caught as Error).message } };
}

async function outcomeOf(
	context: RequestContext,
	options: RequestOptions,
	provider: Provider | undefined,
	send: (watch: LineWatch) => Promise<IN8nHttpFullResponse>,
): Promise<Outcome> {
	const { body, wants, replySeconds = LINE_LIMITS.replySeconds } = options;
	const watch = new LineWatch(cancelSignalOf(context));
	if (isStreamedBody(body)) body.sentBy(sendingOf(options, watch));
	try {
		const reply = await watch.during(send(watch), replySeconds);
		return { reply: await readReply(reply, wants, watch) };
	} catch (caught) {
		const refused = provider?.renewsToken ? await unauthorized(caught, watch) : undefined;
		watch.end();
		return refused ?? lostConnection(caught, cancelSignalOf(context), body);
	} finally {
		if (isStreamedBody(body)) body.destroy();
	}
}

function sendingOf({ moved, mayEnd }: RequestOptions, watch: LineWatch): Sending {
	return {
		moved(bytes) {
			watch.moved();
			moved?.(bytes);
		},
		handedOver: watch.handedOver,
		mayEnd: mayEnd && (async () => await mayEnd(watch.signal)),
	};
}

/**
 * The refusal of a token that n8n could not renew, which comes as an error: n8n renews one only when
 * the 401 is thrown. It is a refusal where somebody replied, or where the renewal failed for its
 * token and not for its line.
 */
async function unauthorized(caught: unknown, watch: LineWatch): Promise<Outcome | undefined> {
	if (!(caught instanceof NodeApiError)) return undefined;
	const { response } = objectOf(caught.cause) as {
		response?: { status?: number; headers?: IDataObject; data?: unknown };
	};
	if (!response && !isFailedRenewal(caught.cause)) return undefined;
	const { status: statusCode = UNAUTHORIZED, headers = {}, data: body } = response ?? {};
	if (statusCode !== UNAUTHORIZED) return undefined;
	const refusal = { statusCode, headers, body } as IN8nHttpFullResponse;
	return { reply: await readReply(refusal, 'json', watch) };
}

/** Whether n8n's OAuth2 client says that a token cannot be renewed, and not that nobody answered. */
function isFailedRenewal(cause: unknown): boolean {
	const code = networkCodeOf(cause);
	if (code !== REFUSED_STATUS) return code === null || code === REFUSED_TOKEN;
	const { status } = objectOf(cause) as { status?: number };
	return status !== undefined && status < 500 && !REFUSED_FOR_NOW.includes(status);
}

/**
 * Sends a request with the provider's credential.
 *
 * @throws only when the execution was stopped, or where n8n's storage cannot read the body
 * @param itemIndex the item that it is for: a credential may hold expressions
 */
export async function sendAuthenticated(
	context: RequestContext,
	provider: Provider,
	options: RequestOptions,
	itemIndex?: number,
): Promise<Outcome> {
	const { credentialType: type } = provider;
	const data = deepCopy(await credentialOf(context, provider, itemIndex));
	return await outcomeOf(context, options, provider, async (watch) => {
		const own = stoppedBy(context, watch.signal);
		return (await context.helpers.httpRequestWithAuthentication.call(
			provider.renewsToken ? throwingUnauthorized(own, watch) : own,
			type,
			n8nOptions(options, watch.signal),
			// without it n8n reads the credential from its database for each request
			{ credentialsDecrypted: { id: type, name: type, type, data } },
		)) as IN8nHttpFullResponse;
	});
}

/** The same context, for a request of its own: n8n takes the signal from it, whatever it is given. */
function stoppedBy<Context extends RequestContext>(context: Context, signal: AbortSignal): Context {
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as Context;
}

/**
 * The same context, for a request whose token n8n renews: it does so only when a 401 is thrown, and
 * throws away what came with it. That is read before, or its line would stay open.
 */
function throwingUnauthorized<Context extends RequestContext>(
	context: Context,
	watch: LineWatch,
): Context {
	const { helpers } = context;
	const httpRequest = async (options: IHttpRequestOptions) => {
		const reply = (await helpers.httpRequest(options)) as IN8nHttpFullResponse;
		const { statusCode: status, headers } = reply;
		if (status !== UNAUTHORIZED) return reply;
		const response = { status, headers, data: await readRefusal(reply, watch) };
		throw Object.assign(new Error('The token has expired'), { response });
	};
	return Object.create(context, { helpers: { value: { ...helpers, httpRequest } } }) as Context;
}

/** Sends a request that carries no credential, to an address that is itself the permission. */
export async function sendUnauthenticated(
	context: RequestContext,
	options: RequestOptions,
): Promise<Outcome> {
	return await outcomeOf(
		context,
		options,
		undefined,
		async ({ signal }) =>
			(await context.helpers.httpRequest(n8nOptions(options, signal))) as IN8nHttpFullResponse,
	);
}
