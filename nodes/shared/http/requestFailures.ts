import { jsonParse } from 'n8n-workflow';
import type { NodeApiError } from 'n8n-workflow';

import type { Call } from './apiCall';
import { connectionFlaw, isWebPage } from './connection';
import type { ConnectionFlaw } from './connection';
import { apiError, providerWords } from '../core/errors';
import { hintFor } from '../core/provider';
import type { Provider, RequestContext } from '../core/provider';
import type { Reply } from './replyBody';
import { RetryableFailure } from '../core/retry';
import { LONGEST_RETRY_AFTER_SECONDS, retryAfterSeconds } from '../core/retryAfter';
import { safeText } from '../core/safeText';
import { isAway, mayBeInBetween } from './passing';
import type { Outcome } from './transport';
import { objectOf, textOf } from '../core/wireValues';

const UNSUPPORTED_MEDIA_TYPE = 415;

/** Whether a repeated deletion finds that the first one was done. */
export function isGone({ goneWhenMissing }: Call, outcome: Outcome, triesBefore: number): boolean {
	const isMissing = 'reply' in outcome && outcome.reply.status === 404;
	return goneWhenMissing === true && triesBefore > 0 && isMissing;
}

/**
 * What is wrong with what came back, in words for the node's panel; undefined where it was accepted.
 *
 * @returns a RetryableFailure where the call may be made again
 */
export function failureOf(
	context: RequestContext,
	provider: Provider,
	call: Call,
	outcome: Outcome,
) {
	if ('lost' in outcome) return lostFailure(context, provider, call, outcome.lost);
	const { reply } = outcome;
	if (reply.status >= 200 && reply.status < 300) {
		return fits(reply, call) ? undefined : unreadableFailure(context, provider, call, reply);
	}
	if (reply.status >= 300 && reply.status < 400) {
		return redirectFailure(context, provider, call, reply);
	}
	if (isPageInBetween(provider, reply)) return pageFailure(context, provider, call, reply);
	if (reply.status === 429) return limitFailure(context, provider, call, reply);
	if (reply.status >= 500) return serverFailure(context, provider, call, reply);
	return refusal(context, provider, call, reply);
}

function fits({ headers, body }: Reply, call: Call): boolean {
	// no provider exports HTML, or says with it that something is done
	if (call.expects !== 'json') return !isWebPage(headers['content-type'], body);
	return isObject(body) && holdsAll(objectOf(body), call) && (call.accepts?.(body) ?? true);
}

function holdsAll(fields: Record<string, unknown>, { needs = [], needsText = [] }: Call): boolean {
	return (
		needs.every((field) => fields[field] !== undefined) &&
		needsText.every((field) => textOf(fields[field]) !== null)
	);
}

function isObject(body: unknown): boolean {
	return typeof body === 'object' && body !== null;
}

function unreadable(
	{ status, headers, body }: Reply,
	{ needs = [], needsText = [] }: Call,
): string {
	if (isPage({ status, headers, body })) return 'a web page';
	const wanted = [...needs, ...needsText].join(' and ');
	if (isObject(body) && wanted) return `a reply without ${wanted}`;
	return body ? 'a reply of an unexpected kind' : 'an empty reply';
}

const RESEND_ADVICE = 'Nothing was lost. Wait a little, then run the node again.';

function unsureAdvice({ lookup }: Call): string {
	const look = lookup ?? 'Look with the provider whether the request arrived';
	return `The request may have arrived, so it was not sent again. ${look} before you run the node again.`;
}

/** Where the API is said to be: what a user may have to correct. */
function placeOf({ address }: Provider, { url }: Call): string {
	return address === undefined ? "the credential's Base URL" : new URL(url).host;
}

function lostFailure(
	context: RequestContext,
	provider: Provider,
	call: Call,
	lost: { code: string | null; message: string },
) {
	const flaw = connectionFlaw(lost.code);
	if (flaw) return unreachableFailure(context, provider, call, lost, flaw);
	const error = apiError(context.getNode(), {
		message: `${provider.name} did not answer the request to ${call.endpoint.name}`,
		description: [
			`The connection was lost: ${providerWords(lost, call.secrets)}.`,
			call.resendable
				? `Check that ${placeOf(provider, call)} can be reached from n8n. ${RESEND_ADVICE}`
				: unsureAdvice(call),
		].join(' '),
		code: lost.code,
		httpStatus: null,
		itemIndex: call.itemIndex,
	});
	return call.resendable ? outage(error) : error;
}

function unreachableFailure(
	context: RequestContext,
	provider: Provider,
	call: Call,
	lost: { code: string | null; message: string },
	{ words, passing, advice: own, check = 'can be reached from n8n' }: ConnectionFlaw,
) {
	const advice =
		hintFor(provider, lost.code) ??
		own ??
		`Check that ${placeOf(provider, call)} ${check}, then run the node again.`;
	const error = apiError(context.getNode(), {
		message: `${provider.name} cannot be reached at ${new URL(call.url).host}: ${words}`,
		description: `The request to ${call.endpoint.name} was not sent. ${advice} n8n said: ${providerWords(lost, call.secrets)}.`,
		code: lost.code,
		httpStatus: null,
		isKnownAddress: call.isKnownAddress,
		itemIndex: call.itemIndex,
	});
	return passing || call.outlastsPages ? outage(error) : error;
}

function unreadableFailure(context: RequestContext, provider: Provider, call: Call, reply: Reply) {
	const error = apiError(context.getNode(), {
		message: `${provider.name} sent ${unreadable(reply, call)} to the request to ${call.endpoint.name}`,
		description: `Check that ${placeOf(provider, call)} is the API's address and that no proxy answers in its place. ${
			call.method === 'GET' || call.resendable ? RESEND_ADVICE : unsureAdvice(call)
		}`,
		code: null,
		httpStatus: reply.status,
		isWebPage: isPage(reply),
		isKnownAddress: call.isKnownAddress,
		itemIndex: call.itemIndex,
	});
	if (call.outlastsPages && call.resendable && isPage(reply)) return outage(error);
	// a read's reply that is no JSON is a wrong address; a write's may be a paid job whose id got lost
	return call.resendable && call.method !== 'GET' ? new RetryableFailure(error) : error;
}

function redirectFailure(
	context: RequestContext,
	provider: Provider,
	call: Call,
	{ status, headers }: Reply,
) {
	const location = typeof headers.location === 'string' ? headers.location : '';
	const host = URL.canParse(location) ? new URL(location).host : '';
	const error = apiError(context.getNode(), {
		message: `${provider.name} redirected the request to ${call.endpoint.name}${host ? ` to ${host}` : ''}`,
		description: `A redirect is not followed, because it would carry the key to another address. Make sure that ${placeOf(provider, call)} is the API's own address.`,
		code: null,
		httpStatus: status,
		isKnownAddress: call.isKnownAddress,
		itemIndex: call.itemIndex,
	});
	return call.outlastsPages && call.resendable ? outage(error) : error;
}

/** A refusal that is a web page: of a proxy, a firewall or a login, and not of the provider. */
function pageFailure(context: RequestContext, provider: Provider, call: Call, reply: Reply) {
	const sent = `a web page with HTTP ${reply.status}`;
	const error = apiError(context.getNode(), {
		message: `${provider.name} sent ${sent} to the request to ${call.endpoint.name}`,
		description: `The page is no answer of ${provider.name}'s API: something in between sent it, such as a proxy, a firewall or a login page, or another site. Check that ${placeOf(provider, call)} is the API's address and that n8n may reach it without a login. ${RESEND_ADVICE}`,
		code: null,
		httpStatus: reply.status,
		isWebPage: true,
		isKnownAddress: call.isKnownAddress,
		itemIndex: call.itemIndex,
	});
	return call.outlastsPages && call.resendable ? outage(error) : error;
}

function isPageInBetween({ refusesWithPages }: Provider, reply: Reply): boolean {
	return !refusesWithPages && mayBeInBetween(reply.status) && isPage(reply);
}

function isPage({ headers, body }: Reply): boolean {
	return isWebPage(headers['content-type'], body);
}

function limitFailure(context: RequestContext, provider: Provider, call: Call, reply: Reply) {
	const tried = isTooLong(reply) ? '' : `The request was tried ${call.maxRetries + 1} times. `;
	const error = replyError(context, provider, call, reply, {
		message: `${provider.name}'s limit for requests to ${call.endpoint.name} is used up`,
		advice: `${tried}${waitAsked(reply)}Lower Requests per Minute in the node's options, or run the node again later.`,
	});
	return retryable(error, reply);
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
		description: `${provider.name} has asked another request of this credential to wait, for another ${seconds} seconds. Lower Requests per Minute in the options of the nodes that use it, or run the node again later.`,
		code: null,
		httpStatus: null,
		itemIndex: call.itemIndex,
	});
}

function serverFailure(context: RequestContext, provider: Provider, call: Call, reply: Reply) {
	const resendable = call.resendable || isRefusedForNow(provider, reply);
	const error = replyError(context, provider, call, reply, {
		message: `${provider.name} could not serve the request to ${call.endpoint.name}`,
		advice: resendable ? `${waitAsked(reply)}${RESEND_ADVICE}` : unsureAdvice(call),
	});
	return resendable ? retryable(error, reply) : error;
}

function refusal(context: RequestContext, provider: Provider, call: Call, reply: Reply) {
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

/** A failure after which nobody knows when somebody answers again. */
function outage(error: NodeApiError): RetryableFailure {
	return new RetryableFailure(error, 0, true);
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
