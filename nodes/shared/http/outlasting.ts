import { executionOf } from '../core/provider';
import type { RequestContext } from '../core/provider';
import { DEFAULT_MAX_RETRIES } from '../core/settings';
import { LINE_LIMITS } from './lineLimits';

const MOST_ADDRESSES = 1000;

// the base URLs at which an API has answered since n8n was started
const answered = new Set<string>();

/** Takes note that what is at a base URL answers as an API does. */
export function noteAnswer(baseUrl: string): void {
	answered.add(baseUrl);
	const [oldest] = answered;
	if (answered.size > MOST_ADDRESSES) answered.delete(oldest!);
}

/** Whether a base URL has answered before, in this process: then it is no mistyped one. */
export function hasAnswered(baseUrl: string): boolean {
	return answered.has(baseUrl);
}

// by number of item: the items of a context are worked on side by side
const looking = new WeakMap<RequestContext, Set<number>>();

/**
 * Lets a look at a job fail soon: who looks again and again outlasts an outage in his own time.
 *
 * @param work sends the requests for this item
 */
export async function asLook<Result>(
	context: RequestContext,
	itemIndex: number,
	work: () => Promise<Result>,
): Promise<Result> {
	const items = looking.get(context) ?? new Set();
	looking.set(context, items.add(itemIndex));
	try {
		return await work();
	} finally {
		items.delete(itemIndex);
	}
}

/**
 * How long an outage is outlasted, in seconds, as the user's Max Retries says: a number below the
 * default is a wish to be told soon, and counts the tries of an outage too.
 */
export function outageSecondsOf(maxRetries: number): number {
	return maxRetries < DEFAULT_MAX_RETRIES ? 0 : LINE_LIMITS.outageSeconds;
}

/**
 * How long a request is sent again while nobody answers, in seconds. Only an execution's: pickers and
 * triggers are waited for. In the editor somebody waits as well, and a mistyped address is to be seen
 * soon; one that has answered before is outlasted there too.
 *
 * @param baseUrl where it goes
 * @param maxRetries the user's setting
 */
export function outageSecondsFor(
	context: RequestContext,
	baseUrl: string,
	itemIndex: number | undefined,
	maxRetries: number,
): number {
	const execution = executionOf(context);
	if (!execution || itemIndex === undefined || looking.get(context)?.has(itemIndex)) return 0;
	const mayBeMistyped = execution.getMode() === 'manual' && !hasAnswered(baseUrl);
	return mayBeMistyped ? 0 : outageSecondsOf(maxRetries);
}
