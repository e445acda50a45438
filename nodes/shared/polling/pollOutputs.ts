import { LoggerProxy } from 'n8n-workflow';
import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { fetchFiles, formatsNamed } from '../operation/jobFiles';
import type { FetchedFiles } from '../operation/jobFiles';
import { isRefusedForGood } from './pollingRules';
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
		const output = await outputOf(context, rules, memory, job);
		const gap = memory.gap && { mayHaveMissed: true };
		if (output) outputs.push({ ...output, json: { ...output.json, ...gap } });
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
	context: IPollFunctions,
	rules: PollingRules<Wire>,
	memory: PollMemory,
	job: PolledJob<Wire>,
): Promise<INodeExecutionData | undefined> {
	const completed = await settled(rules.complete(job));
	const unread = 'failure' in completed ? completed.failure : undefined;
	if (isLeftForLater(memory, job, unread)) return undefined;
	const files = await fetchChosenFiles(context, rules, job);
	if (isLeftForLater(memory, job, files?.failure)) return undefined;
	noteEnded(memory, job);
	const error = unread === undefined ? files?.error : unreadError(unread, job.id, rules.provider);
	if (error) warnOfMissing(job, unread ?? files?.failure);
	const output = rules.outputOf('value' in completed ? { ...job, wire: completed.value } : job);
	return {
		// why a job failed says more than why not all of it could be read
		json: error ? { ...output, error: output.error ?? { ...error } } : output,
		...(files?.binary && { binary: files.binary }),
	};
}

/** Whether a failure may pass until the next poll; then the job is noted for that. */
function isLeftForLater<Wire>(
	memory: PollMemory,
	{ id }: PolledJob<Wire>,
	failure: unknown,
): boolean {
	if (failure === undefined) return false;
	const failedTries = (memory.running.get(id) ?? 0) + 1;
	if (isRefusedForGood(failure) || failedTries >= MOST_FAILED_TRIES) return false;
	noteRunning(memory, id, failedTries);
	return true;
}

function warnOfMissing<Wire>({ id }: PolledJob<Wire>, failure: unknown): void {
	const { message } = failure as Error;
	LoggerProxy.warn(`The job ${id} is emitted without all that was asked for: ${message}`);
}

/** Fetches the files that the user chose of a job; undefined where he chose none, or it has none. */
export async function fetchChosenFiles<Wire>(
	context: IPollFunctions,
	{ files }: PollingRules<Wire>,
	job: PolledJob<Wire>,
): Promise<FetchedFiles | undefined> {
	const formats = formatsNamed(context.getNodeParameter('options.files', []));
	const exported = files?.exportedJob(job);
	if (!files || !exported || formats.length === 0) return undefined;
	return await fetchFiles(context, undefined, files.jobFiles, exported, formats);
}
