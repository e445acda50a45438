import { LoggerProxy } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { isRefusal } from './pollingRules';
import type { PolledJob, PollingRules } from './pollingRules';
import { noteEnded, noteRunning } from './pollMemory';
import type { PollMemory } from './pollMemory';
import { settled } from '../core/settled';
import { unreadError } from '../core/unreadError';

const MOST_EMITTED = 100;
const MOST_FAILED_TRIES = 5;

/**
 * The outputs of jobs that ended, in the order in which they come, at most 100. What is left over,
 * and what could not be completed for now, waits for the next poll.
 *
 * @param deadline when to leave the rest, in milliseconds since 1970
 */
export async function outputsOf<Wire>(
	context: IPollFunctions,
	rules: PollingRules<Wire>,
	memory: PollMemory,
	ended: Array<PolledJob<Wire>>,
	deadline: number,
): Promise<INodeExecutionData[]> {
	const events = eventsOf(context);
	const outputs: INodeExecutionData[] = [];
	for (const job of ended) {
		if (!events.includes(String(job.event))) {
			noteEnded(memory, job);
			continue;
		}
		// the rest stays noted as running, and has its turn at the next poll
		if (outputs.length >= MOST_EMITTED || (outputs.length > 0 && Date.now() > deadline)) continue;
		const output = await outputOf(rules, memory, job);
		if (output) outputs.push({ json: { ...output, ...(memory.gap && { mayHaveMissed: true }) } });
	}
	if (outputs.length > 0) memory.gap = false;
	return outputs;
}

/** The events that the user chose. */
export function eventsOf(context: IPollFunctions): string[] {
	return context.getNodeParameter('events', []) as string[];
}

/** A job's output; undefined where it is better tried again at the next poll. */
async function outputOf<Wire>(
	rules: PollingRules<Wire>,
	memory: PollMemory,
	job: PolledJob<Wire>,
): Promise<IDataObject | undefined> {
	const outcome = await settled(rules.complete(job));
	if ('value' in outcome) {
		noteEnded(memory, job);
		return rules.outputOf({ ...job, wire: outcome.value });
	}
	const failedTries = (memory.running.get(job.id) ?? 0) + 1;
	if (!isRefusal(outcome.failure) && failedTries < MOST_FAILED_TRIES) {
		noteRunning(memory, job.id, failedTries);
		return undefined;
	}
	const { message } = outcome.failure as Error;
	LoggerProxy.warn(`The job ${job.id} is emitted without all that was asked for: ${message}`);
	noteEnded(memory, job);
	const output = rules.outputOf(job);
	// why a job failed says more than why not all of it could be read
	return {
		...output,
		error: output.error ?? { ...unreadError(outcome.failure, job.id, rules.provider) },
	};
}
