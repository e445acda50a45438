import type { RequestContext } from '../core/provider';

/** How long a brief request waits for its reply, in seconds. */
export const BRIEF_REPLY_SECONDS = 30;

const brief = new WeakSet<RequestContext>();

// in milliseconds since 1970
const deadlines = new WeakMap<RequestContext, number>();

/**
 * Lets the requests of some work fail at their first try and after half a minute of silence: n8n
 * starts no other workflow as long as the first poll of one goes on.
 */
export async function withBriefRequests<Result>(
	context: RequestContext,
	work: () => Promise<Result>,
): Promise<Result> {
	brief.add(context);
	try {
		return await work();
	} finally {
		brief.delete(context);
	}
}

/**
 * Lets no request of some work begin, or begin again, after a time: a look that takes too long fails,
 * and the next one makes up for it.
 *
 * @param deadline in milliseconds since 1970
 */
export async function withRequestsUntil<Result>(
	context: RequestContext,
	deadline: number,
	work: () => Promise<Result>,
): Promise<Result> {
	deadlines.set(context, deadline);
	try {
		return await work();
	} finally {
		deadlines.delete(context);
	}
}

/** When no request of a context may begin any more, in milliseconds since 1970; Infinity by default. */
export function latestStartOf(context: RequestContext): number {
	const soon = brief.has(context) ? Date.now() + BRIEF_REPLY_SECONDS * 1000 : Infinity;
	return Math.min(soon, deadlines.get(context) ?? Infinity);
}

/** Whether a context's requests have to be brief for now. */
export function makesBriefRequests(context: RequestContext): boolean {
	return brief.has(context);
}
