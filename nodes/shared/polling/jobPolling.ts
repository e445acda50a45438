import { LoggerProxy } from 'n8n-workflow';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { baseUrlOf } from '../http/baseUrl';
import { withBriefRequests, withRequestsUntil } from '../http/briefRequests';
import { inputError } from '../core/errors';
import { isSuperseded, notePoll, pollBudgetOf } from './pollContexts';
import { isRefusedForGood } from './pollingRules';
import type { PollingRules } from './pollingRules';
import { baseline, listNewJobs, lookUpJobs, noteJobs } from './pollListing';
import { storedPollMemory, storePollMemory } from './pollMemory';
import { eventsOf, fetchChosenFiles, outputsOf } from './pollOutputs';
import type { Provider } from '../core/provider';
import { settled } from '../core/settled';

// n8n starts a poll while the one before still runs: both would find the same jobs
const underWay = new WeakSet<IPollFunctions>();

/**
 * Looks which jobs have ended since the last poll, and emits each of them once.
 *
 * The first poll, at activation, only takes note of the jobs that are there. After that a job is
 * emitted when it is seen to have ended, however far down the list it went meanwhile: jobs that
 * were seen running are read by their id. Where a provider's list is cut off before it reaches
 * jobs that are known, some may have been missed: the next events then carry `mayHaveMissed`.
 *
 * In the editor it gives the latest job that ended as a sample, and notes nothing.
 *
 * @returns null where there is nothing new
 * @throws NodeApiError where the list cannot be read: nothing is noted then, and nothing lost; what
 * may pass is only logged at the first poll of a workflow that has begun before
 */
export async function pollJobs<Wire>(
	context: IPollFunctions,
	rules: PollingRules<Wire>,
): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await sample(context, rules);
	const isFirst = notePoll(context);
	if (underWay.has(context)) return null;
	underWay.add(context);
	const isAtStart = isFirst && hasBegun(context);
	const look = async () => await poll(context, rules);
	const outcome = await settled(isAtStart ? withBriefRequests(context, look) : look());
	underWay.delete(context);
	if ('value' in outcome) return outcome.value;
	if (!isAtStart || isRefusedForGood(outcome.failure)) throw outcome.failure;
	// an outage while n8n starts must not keep the workflow from listening
	const { message } = outcome.failure as Error;
	LoggerProxy.warn(
		`The first look of the node "${context.getNode().name}" failed, and the next poll looks again: ${message}`,
	);
	return null;
}

function hasBegun(context: IPollFunctions): boolean {
	return context.getWorkflowStaticData('node').jobs !== undefined;
}

async function poll<Wire>(
	context: IPollFunctions,
	rules: PollingRules<Wire>,
): Promise<INodeExecutionData[][] | null> {
	const deadline = Date.now() + pollBudgetOf(context) / 2;
	const staticData = context.getWorkflowStaticData('node');
	const account = await accountOf(context, rules.provider);
	const memory = storedPollMemory(staticData, account);
	if (!memory) {
		storePollMemory(staticData, await baseline(rules, account));
		return null;
	}
	const list = async () => await listNewJobs(rules, memory);
	const listed = await withRequestsUntil(context, deadline, list);
	const lookedUp = await lookUpJobs(rules, memory, listed.jobs, deadline);
	noteJobs(memory, listed);
	if (listed.mayHaveMissed) warnOfGap(context, rules);
	const ended = [...lookedUp, ...listed.jobs.reverse()].filter(({ id, event }) => {
		return event !== undefined && memory.running.has(id);
	});
	const outputs = await outputsOf(context, rules, memory, ended, deadline);
	// n8n throws the outputs away: another trigger of the workflow must not have the memory stored
	if (isSuperseded(context)) return null;
	storePollMemory(staticData, memory);
	return outputs.length > 0 ? [outputs] : null;
}

async function accountOf(context: IPollFunctions, provider: Provider): Promise<string> {
	const id = context.getNode().credentials?.[provider.credentialType]?.id ?? '';
	return `${id} ${await baseUrlOf(context, provider)}`;
}

function warnOfGap<Wire>(context: IPollFunctions, { provider }: PollingRules<Wire>): void {
	LoggerProxy.warn(
		`More jobs came up between two polls of the node "${context.getNode().name}" than ${provider.name} lists: some may have been missed. Let it poll more often.`,
	);
}

async function sample<Wire>(
	context: IPollFunctions,
	rules: PollingRules<Wire>,
): Promise<INodeExecutionData[][]> {
	const events = eventsOf(context);
	const { entries } = await rules.listJobs(undefined);
	const job = entries.find(({ event }) => event !== undefined && events.includes(event));
	if (!job) {
		throw inputError(context.getNode(), `${rules.provider.name} lists no job that has ended so`, {
			description: 'Let a job end, then test again: the latest one is shown as a sample.',
		});
	}
	const json = rules.outputOf({ ...job, wire: await rules.complete(job) });
	const { binary, failure } = (await fetchChosenFiles(context, rules, job)) ?? {};
	if (failure !== undefined) throw failure;
	return [[{ json, ...(binary && { binary }) }]];
}
