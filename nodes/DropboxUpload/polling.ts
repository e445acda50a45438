import { LoggerProxy } from 'n8n-workflow';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { LONGEST_IDLE_DAYS, ProcessMemory } from '../shared/core/processMemory';
import { withBriefRequests, withRequestsUntil } from '../shared/http/briefRequests';
import { triggerOf } from '../shared/core/triggerOf';
import { isScheduledTask, notePoll } from '../shared/polling/pollContexts';
import { isRefusedForGood } from '../shared/polling/pollingRules';
import { settled } from '../shared/core/settled';
import { FIRST_POLL_LIMITS, isInVain, pollLimits } from './limits';
import { look, sample } from './looking';
import type { Look } from './looking';
import { hasBegun } from './memory';
import { isOwed, owe, oweAfterFailure, settle } from './owed';
import { receiveOf } from './settings';
import { isUnderWay } from './oneAtATime';

const triggersThatPolled = new ProcessMemory<true>(LONGEST_IDLE_DAYS);

/**
 * Looks at the folder: each time where the node polls; where it has a webhook when the workflow
 * starts to listen, for what changed while n8n was away, and as long as a look is owed. In the
 * editor it gives the newest file.
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return emitted(await sample(context));
	const trigger = triggerOf(context);
	const isFirst = isFirstPoll(context, trigger);
	if (isFirst) owe(trigger);
	if (receiveOf(context) === 'webhook' && !isOwed(trigger)) return null;
	// waiting for another look would keep n8n from starting other workflows
	if (isUnderWay(trigger)) {
		owe(trigger);
		return null;
	}
	const isQuick = isFirst && !isScheduledTask(context);
	const outcome = await settled(isQuick ? quickLook(context) : timelyLook(context));
	if (isInVain(context)) return null;
	if ('failure' in outcome) return tellOrThrow(context, trigger, outcome.failure, isFirst);
	settle(trigger);
	if (outcome.value.isMoreLeft) owe(trigger);
	return emitted(outcome.value.items);
}

/** A look that waits for no limit longer than it may take. */
async function timelyLook(context: IPollFunctions): Promise<Look> {
	const limits = pollLimits(context);
	const work = async () => await look(context, limits);
	return await withRequestsUntil(context, Date.now() + limits.milliseconds, work);
}

/** A look that keeps no other workflow from starting: the polls that come next try again. */
async function quickLook(context: IPollFunctions): Promise<Look> {
	const work = async () => await look(context, FIRST_POLL_LIMITS);
	// nobody makes up for a look that fails before the trigger has begun
	const isMadeUpFor = hasBegun(context.getWorkflowStaticData('node'));
	return await (isMadeUpFor ? withBriefRequests(context, work) : work());
}

function isFirstPoll(context: IPollFunctions, trigger: string): boolean {
	const isNewContext = notePoll(context);
	const isNewTrigger = !triggersThatPolled.has(trigger);
	triggersThatPolled.set(trigger, true);
	return isScheduledTask(context) ? isNewTrigger : isNewContext;
}

/** A failure that the next polls make up for is told once; what a user has to mend, each time. */
function tellOrThrow(
	context: IPollFunctions,
	trigger: string,
	failure: unknown,
	isFirst: boolean,
): null {
	const failures = oweAfterFailure(trigger);
	const isForUser = isFirst
		? isRefusedForGood(failure) || !hasBegun(context.getWorkflowStaticData('node'))
		: receiveOf(context) === 'polling';
	if (isForUser) throw failure;
	const { message } = failure as Error;
	if (failures === 1) {
		LoggerProxy.warn(
			`The node "${context.getNode().name}" could not look at Dropbox, and looks again until it can: ${message}`,
		);
	}
	return null;
}

function emitted(items: INodeExecutionData[]): INodeExecutionData[][] | null {
	return items.length > 0 ? [items] : null;
}
