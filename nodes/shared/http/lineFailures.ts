import type { Call } from './apiCall';
import { connectionFlaw } from './connection';
import type { ConnectionFlaw } from './connection';
import { apiError, providerWords } from '../core/errors';
import { outage, placeOf, RESEND_ADVICE, unsureAdvice } from './failureParts';
import { hintFor } from '../core/provider';
import type { Provider, RequestContext } from '../core/provider';

/**
 * Says that no reply came: nobody was reached, or the line was lost.
 *
 * @returns a RetryableFailure where the call may be made again
 */
export function lostFailure(
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
		`Check that ${placeOf(provider, call)} ${check}, then try again.`;
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
