import { deepCopy, jsonParse, NodeApiError } from 'n8n-workflow';
import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { credentialOf } from './credential';
import { cancelSignalOf } from './provider';
import type { Provider, RequestContext } from './provider';
import { objectOf } from './wireValues';

const LONGEST_ERROR_BYTES = 64 * 1024;
const UNAUTHORIZED = 401;

/** What came back: a reply of whatever status, or the reason why none came. */
export type Outcome =
	| { reply: Reply }
	| {
			/** The network's code (`ECONNRESET`), null where it gives none; its message, not yet fit to show. */
			lost: { code: string | null; message: string };
	  };

/** An HTTP reply as received. */
export interface Reply {
	status: number;
	headers: IDataObject;
	body: unknown;
}

/** A request without its authentication. */
export interface RequestOptions {
	method: IHttpRequestOptions['method'];
	url: string;
	headers?: IDataObject;
	query?: IDataObject;
	body?: IHttpRequestOptions['body'];
	/** How the reply's body is wanted, if not as JSON. */
	encoding?: 'arraybuffer' | 'stream';
	/** Time limit in seconds. */
	timeoutSeconds: number;
}

/**
 * What n8n sends. It writes the credential into the very objects that it is given, so each request
 * gets objects of its own: a key must not reach the next request of another credential.
 */
function n8nOptions(context: RequestContext, options: RequestOptions): IHttpRequestOptions {
	const { method, url, headers, query, body, encoding, timeoutSeconds } = options;
	return {
		method,
		url,
		headers: { ...headers },
		qs: { ...query },
		body: isJson(body) ? deepCopy(body) : body,
		...(encoding ? { encoding } : { json: true }),
		timeout: timeoutSeconds * 1000,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// a redirect would carry the key to another host, and keeps a copy of the body to send it again
		disableFollowRedirect: true,
		abortSignal: cancelSignalOf(context),
	};
}

/** Whether a body is plain data, and neither bytes nor a stream nor a form. */
function isJson(body: unknown): body is IDataObject {
	const prototype: unknown = body && Object.getPrototypeOf(body);
	return prototype === Object.prototype;
}

function lostConnection(caught: unknown, signal: AbortSignal | undefined): Outcome {
	// what was caught holds the request with its key; the reason says who stopped it
	if (signal?.aborted) throw signal.reason as Error;
	const { code, message, cause } = caught as { code?: unknown; message: string; cause?: unknown };
	const networkCode = code ?? (cause as { code?: unknown } | undefined)?.code;
	const codeText = typeof networkCode === 'string' ? networkCode : null;
	return { lost: { code: codeText, message } };
}

async function outcomeOf(
	context: RequestContext,
	options: RequestOptions,
	provider: Provider | undefined,
	send: () => Promise<IN8nHttpFullResponse>,
): Promise<Outcome> {
	try {
		const { statusCode, headers, body } = await send();
		const isRefusal = statusCode < 200 || statusCode >= 300;
		const isStream = options.encoding === 'stream' && isRefusal;
		const read = isStream ? await errorBodyOf(body) : body;
		return { reply: { status: statusCode, headers, body: read } };
	} catch (caught) {
		const refused = provider?.renewsToken ? unauthorized(caught) : undefined;
		return refused ?? lostConnection(caught, cancelSignalOf(context));
	} finally {
		closeBody(options.body);
	}
}

/** What a provider says in place of the stream that was asked for. */
async function errorBodyOf(stream: unknown): Promise<unknown> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		size += chunk.length;
		if (size > LONGEST_ERROR_BYTES) break;
	}
	const text = Buffer.concat(chunks).toString('utf8');
	return jsonParse<unknown>(text, { fallbackValue: text });
}

/**
 * The refusal of a token that n8n could not renew, which comes as an error: n8n renews one only when
 * the 401 is thrown.
 */
function unauthorized(caught: unknown): Outcome | undefined {
	if (!(caught instanceof NodeApiError)) return undefined;
	const { code, response } = objectOf(caught.cause) as {
		code?: unknown;
		response?: { status?: number; headers?: IDataObject; data?: unknown };
	};
	// without a reply it is the line that failed, or the renewal
	if (!response && typeof code === 'string' && /^E[A-Z]+$/.test(code)) return undefined;
	const { status = UNAUTHORIZED, headers = {}, data } = response ?? {};
	return status === UNAUTHORIZED ? { reply: { status, headers, body: data } } : undefined;
}

/** Closes a streamed file: one that was not read to its end would stay open. */
function closeBody(body: unknown): void {
	const { destroy } = (body ?? {}) as { destroy?: unknown };
	if (typeof destroy === 'function') destroy.call(body);
}

/**
 * Sends a request with the provider's credential. Throws only when the execution was stopped.
 *
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
	const send = async (more: Partial<IHttpRequestOptions>) =>
		(await context.helpers.httpRequestWithAuthentication.call(
			context,
			type,
			{ ...n8nOptions(context, options), ...more },
			// without it n8n reads the credential from its database for each request
			{ credentialsDecrypted: { id: type, name: type, type, data } },
		)) as IN8nHttpFullResponse;
	return await outcomeOf(
		context,
		options,
		provider,
		async () => await (provider.renewsToken ? sendRenewing(send) : send({})),
	);
}

/** Sends a request whose token n8n renews after a 401, which it does only when the 401 is thrown. */
async function sendRenewing(
	send: (more: Partial<IHttpRequestOptions>) => Promise<IN8nHttpFullResponse>,
): Promise<IN8nHttpFullResponse> {
	const allButUnauthorized = { ignore: true as const, except: [UNAUTHORIZED] };
	const reply = await send({ ignoreHttpStatusErrors: allButUnauthorized });
	if (reply.statusCode !== UNAUTHORIZED) return reply;
	// n8n 2.8 and older know no exceptions: they throw everything or nothing
	return await send({ ignoreHttpStatusErrors: false }).catch(async () => await send({}));
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
		async () =>
			(await context.helpers.httpRequest(n8nOptions(context, options))) as IN8nHttpFullResponse,
	);
}
