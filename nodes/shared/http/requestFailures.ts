import { fits } from './acceptedReply';
import type { Call } from './apiCall';
import { lostFailure } from './lineFailures';
import type { Provider, RequestContext } from '../core/provider';
import { limitFailure, refusal, serverFailure } from './refusals';
import {
	isPageInBetween,
	pageFailure,
	redirectFailure,
	unreadableFailure,
} from './strangerFailures';
import type { Outcome } from './transport';

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
