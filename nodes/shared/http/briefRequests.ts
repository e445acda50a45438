import type { RequestContext } from '../core/provider';

/** How long a brief request waits for its reply, in seconds. */
export const BRIEF_REPLY_SECONDS = 30;

const brief = new WeakSet<RequestContext>();

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

/** Whether a context's requests have to be brief for now. */
export function makesBriefRequests(context: RequestContext): boolean {
	return brief.has(context);
}
