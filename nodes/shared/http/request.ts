import { LoggerProxy } from 'n8n-workflow';
import type { NodeApiError } from 'n8n-workflow';

import type { ApiCall, ApiReply, Call } from './apiCall';
import { baseUrlOf } from './baseUrl';
import { BRIEF_REPLY_SECONDS, latestStartOf, makesBriefRequests } from './briefRequests';
import { secretsOf } from '../core/credential';
import { limiterFor, shareOf } from './pacing';
import type { RateLimiter } from './pacing';
import { hasAnswered, noteAnswer, outageSecondsFor } from './outlasting';
import { cancelSignalOf, executionOf } from '../core/provider';
import type { Provider, RequestContext } from '../core/provider';
import type { Reply, ReplyKind } from './replyBody';
import { pausedError } from './refusals';
import { failureOf, isGone } from './requestFailures';
import { RetryableFailure, withRetries } from '../core/retry';
import { DEFAULT_MAX_RETRIES, DEFAULT_PROCESSES, requestSettings } from '../core/settings';
import type { RequestSettings } from '../core/settings';
import { isStreamedBody } from './streamedFile';
import { sendAuthenticated } from './transport';
import type { RequestOptions } from './transport';

/** More than the sockets on the way hold: once so much of a body has left, its headers have arrived. */
const MOST_HELD_BYTES = 16 * 1024 * 1024;

/**
 * Calls a provider: the single way out of the pack.
 *
 * Waits for its turn under the limit a minute, authenticates, follows no redirect, and tries again:
 * after 429 always; after 5xx or a lost connection only what may be sent twice, or was not sent. An
 * outage is outlasted for a quarter of an hour.
 *
 * @param itemIndex the item that it is for; leave it out where there are no items
 * @throws NodeApiError with the provider's message and code, the item's number and what to do
 */
export async function request<Body>(
	context: RequestContext,
	provider: Provider,
	apiCall: ApiCall,
	itemIndex?: number,
): Promise<ApiReply<Body>> {
	const settings = settingsFor(context, apiCall, itemIndex);
	const wholeLimit = settings.requestsPerMinute ?? apiCall.endpoint.requestsPerMinute;
	const limit = shareOf(wholeLimit, settings.processes);
	const baseUrl = apiCall.baseUrl ?? (await baseUrlOf(context, provider, itemIndex));
	const url = baseUrl + apiCall.path;
	const { name, countedAs = name } = apiCall.endpoint;
	const credential = credentialKey(context, provider, baseUrl);
	const signal = cancelSignalOf(context);
	const isKnownAddress = hasAnswered(baseUrl);
	const outageSeconds = outageSecondsFor(context, baseUrl, itemIndex, settings.maxRetries);
	const call: Call = {
		...apiCall,
		url,
		itemIndex,
		resendable: apiCall.resendable ?? apiCall.method === 'GET',
		secrets: [...(await secretsOf(context, provider, itemIndex)), ...(apiCall.secrets ?? [])],
		maxRetries: settings.maxRetries,
		isKnownAddress,
		outlastsPages: isKnownAddress && outageSeconds > 0,
	};
	return await withRetries(
		async (triesBefore) => {
			const limiter = limiterFor(credential, countedAs);
			const heldUntil = limiter.heldUntil();
			if (heldUntil > latestStartOf(context)) {
				throw pausedError(context, provider, call, heldUntil);
			}
			const { answered, ...sending } = await turnOf(limiter, limit, call, signal);
			const options: RequestOptions = {
				method: call.method,
				url,
				query: call.query,
				headers: call.headers,
				body: call.body,
				wants: wantedOf(call),
				replySeconds: makesBriefRequests(context) ? BRIEF_REPLY_SECONDS : call.replySeconds,
				...sending,
			};
			const outcome = await sendAuthenticated(context, provider, options, itemIndex).finally(
				answered,
			);
			const failure = isGone(call, outcome, triesBefore)
				? undefined
				: failureOf(context, provider, call, outcome);
			if (!failure) {
				noteAnswer(baseUrl);
				return (outcome as { reply: Reply }).reply as unknown as ApiReply<Body>;
			}
			if (failure instanceof RetryableFailure) {
				limiter.pause(failure.afterSeconds);
				if (triesBefore === settings.maxRetries) warnOfOutage(failure, outageSeconds);
			}
			errorIn(failure).context.triesBefore = triesBefore;
			throw failure;
		},
		{ maxRetries: settings.maxRetries, outageSeconds, deadline: latestStartOf(context) },
		signal,
	);
}

function errorIn(failure: NodeApiError | RetryableFailure): NodeApiError {
	return failure instanceof RetryableFailure ? failure.error : failure;
}

/** Says in n8n's log why an execution takes long, before its outage is over or too long. */
function warnOfOutage({ message, isOutage }: RetryableFailure, outageSeconds: number): void {
	if (!isOutage || outageSeconds === 0) return;
	const minutes = Math.ceil(outageSeconds / 60);
	LoggerProxy.warn(`${message}. It is tried again for ${minutes} minutes.`);
}

interface Turn extends Pick<RequestOptions, 'moved' | 'mayEnd'> {
	answered(): void;
}

/** A slot of the limit; for a large file two that are short, and not one as long as its upload. */
async function turnOf(
	limiter: RateLimiter,
	limit: number,
	{ body }: Call,
	signal: AbortSignal | undefined,
): Promise<Turn> {
	if (!isStreamedBody(body) || body.size <= MOST_HELD_BYTES) {
		return { answered: await limiter.take(limit, signal) };
	}
	const { begun, mayEnd, answered } = await limiter.takeUpload(limit, signal);
	let sent = 0;
	const moved = (bytes: number) => {
		sent += bytes;
		if (sent > MOST_HELD_BYTES) begun();
	};
	return { moved, mayEnd, answered };
}

function wantedOf({ expects }: Call): ReplyKind {
	return expects === 'nothing' ? 'json' : expects;
}

function settingsFor(
	context: RequestContext,
	{ maxRetries = DEFAULT_MAX_RETRIES }: ApiCall,
	itemIndex: number | undefined,
): RequestSettings {
	const execution = executionOf(context);
	return execution && itemIndex !== undefined
		? requestSettings(execution, itemIndex)
		: {
				maxRetries: makesBriefRequests(context) ? 0 : maxRetries,
				requestsPerMinute: undefined,
				processes: DEFAULT_PROCESSES,
			};
}

function credentialKey(
	context: RequestContext,
	{ credentialType }: Provider,
	baseUrl: string,
): string {
	const id = context.getNode().credentials?.[credentialType]?.id;
	return `${credentialType} ${id ?? baseUrl}`;
}
