import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { credentialOf } from './credential';
import { cancelSignalOf } from './provider';
import type { Provider, RequestContext } from './provider';
import { safeText } from './safeText';

/** What came back: a reply of whatever status, or the reason why none came. */
export type Outcome =
	| { reply: Reply }
	| {
			/** The network's code (`ECONNRESET`); null where it gives none. */
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
	/** Whether the reply's body is wanted as bytes. */
	asBytes?: boolean;
	/** Time limit in seconds. */
	timeoutSeconds: number;
}

function n8nOptions(context: RequestContext, options: RequestOptions): IHttpRequestOptions {
	const { method, url, headers, query, body, asBytes, timeoutSeconds } = options;
	return {
		method,
		url,
		headers,
		qs: query,
		body,
		...(asBytes ? { encoding: 'arraybuffer' } : { json: true }),
		timeout: timeoutSeconds * 1000,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// a redirect would carry the key to another host, and keeps a copy of the body to send it again
		disableFollowRedirect: true,
		abortSignal: cancelSignalOf(context),
	};
}

function lostConnection(caught: unknown, signal: AbortSignal | undefined): Outcome {
	if (signal?.aborted) throw caught;
	const { code, message, cause } = caught as { code?: unknown; message: string; cause?: unknown };
	const networkCode = code ?? (cause as { code?: unknown } | undefined)?.code;
	const codeText = typeof networkCode === 'string' ? networkCode : null;
	return { lost: { code: codeText, message: safeText(message) } };
}

async function outcomeOf(
	context: RequestContext,
	options: RequestOptions,
	send: () => Promise<IN8nHttpFullResponse>,
): Promise<Outcome> {
	try {
		const { statusCode, headers, body } = await send();
		return { reply: { status: statusCode, headers, body } };
	} catch (caught) {
		return lostConnection(caught, cancelSignalOf(context));
	} finally {
		closeBody(options.body);
	}
}

/** Closes a streamed file: one that was not read to its end would stay open. */
function closeBody(body: unknown): void {
	const { destroy } = (body ?? {}) as { destroy?: unknown };
	if (typeof destroy === 'function') destroy.call(body);
}

/** Sends a request with the provider's credential. Throws only when the execution was stopped. */
export async function sendAuthenticated(
	context: RequestContext,
	provider: Provider,
	options: RequestOptions,
): Promise<Outcome> {
	const { credentialType: type } = provider;
	const data = await credentialOf(context, provider);
	return await outcomeOf(
		context,
		options,
		async () =>
			(await context.helpers.httpRequestWithAuthentication.call(
				context,
				type,
				n8nOptions(context, options),
				// without it n8n reads the credential from its database for each request
				{ credentialsDecrypted: { id: type, name: type, type, data } },
			)) as IN8nHttpFullResponse,
	);
}

/** Sends a request that carries no credential, to an address that is itself the permission. */
export async function sendUnauthenticated(
	context: RequestContext,
	options: RequestOptions,
): Promise<Outcome> {
	return await outcomeOf(
		context,
		options,
		async () =>
			(await context.helpers.httpRequest(n8nOptions(context, options))) as IN8nHttpFullResponse,
	);
}
