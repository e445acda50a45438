import type { IPollFunctions } from 'n8n-workflow';

import { triggerOf } from '../shared/core/triggerOf';
import { isPolledHere, isSuperseded, pollBudgetOf } from '../shared/polling/pollContexts';
import type { TriggerContext } from './api';

/** How much a look may do; what is left is for the next one. */
export interface Limits {
	mostFiles: number;
	/** Milliseconds that it may take; what was begun is ended. */
	milliseconds: number;
	/** Bytes of the largest file that it may download. */
	largestDownload: number;
	/** Whether another look is sure to come: else nothing may be left over. */
	hasNext: boolean;
}

const MOST_FILES = 100;

/** How much a poll may do. */
export function pollLimits(context: IPollFunctions): Limits {
	return {
		mostFiles: MOST_FILES,
		milliseconds: pollBudgetOf(context) / 2,
		largestDownload: Infinity,
		hasNext: true,
	};
}

/** How much the first poll may do: until it ends, no other workflow may be able to start. */
export const FIRST_POLL_LIMITS: Readonly<Limits> = {
	mostFiles: 10,
	milliseconds: 3_000,
	largestDownload: 10_000_000,
	hasNext: true,
};

/** How much a notification may do: all where no polls come after it. */
export function webhookLimits(context: TriggerContext): Limits {
	const hasNext = isPolledHere(triggerOf(context));
	return {
		mostFiles: hasNext ? MOST_FILES : Infinity,
		milliseconds: hasNext ? 150_000 : Infinity,
		largestDownload: Infinity,
		hasNext,
	};
}

/** Whether n8n would throw away what the look finds. */
export function isInVain(context: TriggerContext): boolean {
	return isPoll(context) && isSuperseded(context);
}

/** Whether a context is one of a poll. */
export function isPoll(context: TriggerContext): context is IPollFunctions {
	return !('getRequestObject' in context);
}
