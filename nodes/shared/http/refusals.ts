import { jsonParse } from 'n8n-workflow';
import type { NodeApiError } from 'n8n-workflow';

import type { Call } from './apiCall';
import { apiError, providerWords } from '../core/errors';
import { RESEND_ADVICE, unsureAdvice } from './failureParts';
import { isAway } from './passing';
import { hintFor } from '../core/provider';
import type { Provider, RequestContext } from '../core/provider';
import type { Reply } from './replyBody';
import { RetryableFailure } from '../core/retry';
import { LONGEST_RETRY_AFTER_SECONDS, retryAfterSeconds } from '../core/retryAfter';
import { safeText } from '../core/safeText';

const UNSUPPORTED_MEDIA_TYPE = 415;

/** Says that the provider answered 429: to be tried again, unless it asks for too long a wait. */
export function limitFailure(
	context: RequestContext,
	provider: Provider,
	call: Call,
	reply: Reply,
) {
	const tried = isTooLong(reply) ? '' : `The request was tried ${call.maxRetries + 1} times. `;
	const error = replyError(context, provider, call, reply, {
		message: `${provider.name}'s limit for requests to ${call.endpoint.name} is used up`,
		advice: `${tried}${waitAsked(reply)}${fewerRequests(call)}`,
	});
	return retryable(error, reply);
}

/** A trigger and a list to choose from have no such option. */
function fewerRequests({ itemIndex }: Call): string {
	return itemIndex === undefined
		? 'Send fewer requests with this credential, or try again later.'
		: "Lower Requests per Minute in the node's options, or run the node again later.";
}

/**
 * Says that a reply to somebody else has asked for a longer pause than a look may wait.
 *
 * @param until when the pause ends, in milliseconds since 1970
 */
export function pausedError(
	context: RequestContext,
	provider: Provider,
	call: Call,
	until: number,
): NodeApiError {
	const seconds = Math.ceil((until - Date.now()) / 1000);
	return apiError(context.getNode(), {
		message: `${provider.name}'s limit for requests to ${call.endpoint.name} is used up`,
		description: `${provider.name} has asked another request of this credential to wait, for another ${seconds} seconds. Send fewer requests with it, or try again later.`,
		code: null,
		httpStatus: null,
		itemIndex: call.itemIndex,
	});
}

/** Says that the provider answered 5xx: to be tried again where that does no harm. */
export function serverFailure(
	context: RequestContext,
	provider: Provider,
	call: Call,
	reply: Reply,
) {
	const resendable = call.resendable || isRefusedForNow(provider, reply);
	const error = replyError(context, provider, call, reply, {
		message: `${provider.name} could not serve the request to ${call.endpoint.name}`,
		advice: resendable ? `${waitAsked(reply)}${RESEND_ADVICE}` : unsureAdvice(call),
	});
	return resendable ? retryable(error, reply) : error;
}

/** Says that the provider refused the request, with its own words. */
export function refusal(context: RequestContext, provider: Provider, call: Call, reply: Reply) {
	const error = replyError(context, provider, call, reply, {
		message: `${provider.name} refused the request to ${call.endpoint.name}`,
		advice: 'Check the node’s fields and the credential.',
	});
	return isRefusedForNow(provider, reply) ? retryable(error, reply) : error;
}

/** A failure to try again after, or the error itself where the reply asks for too long a wait. */
function retryable(error: NodeApiError, reply: Reply) {
	if (isTooLong(reply)) return error;
	return new RetryableFailure(error, retryAfterSeconds(reply.headers), isAway(reply.status));
}

function isTooLong({ headers }: Reply): boolean {
	return (retryAfterSeconds(headers) ?? 0) > LONGEST_RETRY_AFTER_SECONDS;
}

function waitAsked({ headers }: Reply): string {
	const seconds = retryAfterSeconds(headers);
	return seconds ? `It asked to wait ${seconds} seconds. ` : '';
}

function isRefusedForNow({ readError, transientCodes = [] }: Provider, { body }: Reply): boolean {
	return transientCodes.includes(readError(jsonOf(body))?.code ?? '');
}

function replyError(
	context: RequestContext,
	provider: Provider,
	call: Call,
	{ status, body }: Reply,
	{ message, advice }: { message: string; advice: string },
) {
	const said = provider.readError(jsonOf(body));
	const words = (said && providerWords(said, call.secrets)) || `HTTP ${status}`;
	const isTemporary = status >= 500 || status === 429;
	const hint = hintFor(provider, said?.code) ?? hintFor(provider, String(status));
	const ownHelp = said?.advice ?? (isTemporary ? undefined : hint);
	const help = ownHelp ? safeText(ownHelp, call.secrets) : advice;
	const requestId = safeText(said?.requestId ?? '', call.secrets);
	return apiError(context.getNode(), {
		message: `${message}: ${words}`,
		description: requestId
			? `${help} The request's ID, for ${provider.name}'s support: ${requestId}.`
			: help,
		code: said?.code ? safeText(said.code, call.secrets) : null,
		httpStatus: status,
		mayBeTheFile: isAboutFile(provider, said?.code, status),
		itemIndex: call.itemIndex,
	});
}

function isAboutFile(
	{ fileCodes = [] }: Provider,
	code: string | null | undefined,
	status: number,
): boolean {
	return code ? fileCodes.includes(code) : status === UNSUPPORTED_MEDIA_TYPE;
}

function jsonOf(body: unknown): unknown {
	if (!Buffer.isBuffer(body)) return body;
	const text = body.toString('utf8');
	return jsonParse<unknown>(text, { fallbackValue: text });
}
