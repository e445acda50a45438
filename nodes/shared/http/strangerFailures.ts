import { unreadable } from './acceptedReply';
import type { Call } from './apiCall';
import { apiError } from '../core/errors';
import { outage, placeOf, RESEND_ADVICE, unsureAdvice } from './failureParts';
import { mayBeInBetween } from './passing';
import type { Provider, RequestContext } from '../core/provider';
import { isWebPage } from './replyBody';
import type { Reply } from './replyBody';
import { RetryableFailure } from '../core/retry';

/**
 * Says that a reply of 2xx is none of the API.
 *
 * @returns a RetryableFailure where the call may be made again
 */
export function unreadableFailure(
	context: RequestContext,
	provider: Provider,
	call: Call,
	reply: Reply,
) {
	const error = apiError(context.getNode(), {
		message: `${provider.name} sent ${unreadable(reply, call)} to the request to ${call.endpoint.name}`,
		description: `Check that ${placeOf(provider, call)} is the API's address and that no proxy answers in its place. ${
			call.resendable ? RESEND_ADVICE : unsureAdvice(call)
		}`,
		code: null,
		httpStatus: reply.status,
		isWebPage: isWebPage(reply),
		isKnownAddress: call.isKnownAddress,
		itemIndex: call.itemIndex,
	});
	if (call.outlastsPages && call.resendable && isWebPage(reply)) return outage(error);
	// a read's reply that is no JSON is a wrong address; a write's may be a paid job whose id got lost
	return call.resendable && call.method !== 'GET' ? new RetryableFailure(error) : error;
}

/** Says that the request was led elsewhere, and why nobody followed. */
export function redirectFailure(
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
export function pageFailure(context: RequestContext, provider: Provider, call: Call, reply: Reply) {
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

/** Whether a refusal is a web page of something between n8n and the provider. */
export function isPageInBetween({ refusesWithPages }: Provider, reply: Reply): boolean {
	return !refusesWithPages && mayBeInBetween(reply.status) && isWebPage(reply);
}
