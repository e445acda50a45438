import type { IPollFunctions } from 'n8n-workflow';

import { LONGEST_IDLE_DAYS, ProcessMemory } from '../core/processMemory';
import { triggerOf } from '../core/triggerOf';

// numbers in place of the contexts, so that none outlives its workflow
let numberOfContexts = 0;
const numbers = new WeakMap<IPollFunctions, number>();
const newest = new ProcessMemory<number>(LONGEST_IDLE_DAYS);

/**
 * Takes note of a poll. n8n makes a context each time that a workflow starts to listen, and throws
 * away what a poll of an older one gives.
 *
 * @returns whether it is the first poll of its context
 */
export function notePoll(context: IPollFunctions): boolean {
	if (numbers.has(context)) return false;
	numberOfContexts += 1;
	numbers.set(context, numberOfContexts);
	newest.set(triggerOf(context), numberOfContexts);
	return true;
}

/** Whether the workflow has started to listen anew: n8n throws away what this context's poll gives. */
export function isSuperseded(context: IPollFunctions): boolean {
	return newest.get(triggerOf(context)) !== numbers.get(context);
}

/** Whether n8n polls this trigger in this process: with several, those for webhooks poll nothing. */
export function isPolledHere(trigger: string): boolean {
	return newest.has(trigger);
}

/** n8n's own default, for versions that do not say. */
const POLL_BUDGET_MILLISECONDS = 5 * 60_000;

/** How long n8n lets a poll take, in milliseconds. */
export function pollBudgetOf(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context ? context.getPollBudgetMs() : POLL_BUDGET_MILLISECONDS;
}

/** Whether n8n's durable scheduler polls: it makes a context for each poll, with less time. */
export function isScheduledTask(context: IPollFunctions): boolean {
	return pollBudgetOf(context) < POLL_BUDGET_MILLISECONDS;
}
