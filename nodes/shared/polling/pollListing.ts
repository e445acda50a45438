import { LoggerProxy } from 'n8n-workflow';

import { isRefusedForGood } from './pollingRules';
import type { PolledJob, PollingRules } from './pollingRules';
import { emptyMemory, latest, noteEnded, noteRunning } from './pollMemory';
import type { PollMemory } from './pollMemory';
import { settled } from '../core/settled';

const MOST_LISTED = 1000;
const MOST_PAGES = 500;
const MOST_LOOKED_UP = 50;

/** What is there when the trigger begins: jobs that ended are dealt with, the others are awaited. */
export async function baseline<Wire>(
	rules: PollingRules<Wire>,
	account: string,
): Promise<PollMemory> {
	const memory = emptyMemory(account);
	const { entries, next, isCut } = await rules.listJobs(undefined);
	const times = entries.map(({ createdAt }) => createdAt);
	for (const { id, createdAt, event } of [...entries].reverse()) {
		if (event === undefined) noteRunning(memory, id);
		else noteEnded(memory, { id, createdAt });
	}
	memory.newestAt = latest(times);
	const hasOlder = next !== undefined || isCut === true;
	if (hasOlder) memory.forgottenUntil = earliest(times);
	return memory;
}

function earliest(times: Array<number | null>): number | null {
	const known = times.filter((time) => time !== null);
	return known.length > 0 ? Math.min(...known) : null;
}

export interface Listed<Wire> {
	/** The newest first. */
	jobs: Array<PolledJob<Wire>>;
	/** Whether the list ended before it reached jobs that are known. */
	mayHaveMissed: boolean;
}

/** Reads the list from its top down to where it is known. */
export async function listNewJobs<Wire>(
	rules: PollingRules<Wire>,
	memory: PollMemory,
): Promise<Listed<Wire>> {
	const known = new Set([...memory.ended.map(({ id }) => id), ...memory.running.keys()]);
	const isKnown = ({ id, createdAt }: PolledJob<Wire>) =>
		known.has(id) ||
		(createdAt !== null && memory.newestAt !== null && createdAt <= memory.newestAt);
	const jobs: Array<PolledJob<Wire>> = [];
	const cursors = new Set<string>();
	let cursor: string | undefined;
	for (let page = 1; ; page++) {
		const { entries, next, isCut = false } = await rules.listJobs(cursor);
		// a job that comes up meanwhile moves the others on to the next page
		jobs.push(...entries.filter(({ id }) => !jobs.some((job) => job.id === id)));
		if (entries.some(isKnown)) return { jobs, mayHaveMissed: false };
		if (next === undefined || next === cursor) return { jobs, mayHaveMissed: isCut };
		if (jobs.length >= MOST_LISTED) return { jobs, mayHaveMissed: true };
		if (cursors.has(next) || page >= MOST_PAGES) {
			warnOfEndlessList(rules, page);
			return { jobs, mayHaveMissed: true };
		}
		cursors.add(next);
		cursor = next;
	}
}

function warnOfEndlessList<Wire>({ provider }: PollingRules<Wire>, pages: number): void {
	LoggerProxy.warn(
		`${provider.name}'s list of jobs does not end: it was left after ${pages} pages`,
	);
}

/** Reads the running jobs that the list did not reach, the longest not looked at first. */
export async function lookUpJobs<Wire>(
	rules: PollingRules<Wire>,
	memory: PollMemory,
	listed: Array<PolledJob<Wire>>,
	deadline: number,
): Promise<Array<PolledJob<Wire>>> {
	const listedIds = new Set(listed.map(({ id }) => id));
	const unlisted = [...memory.running.keys()].filter((id) => !listedIds.has(id));
	const jobs: Array<PolledJob<Wire>> = [];
	for (const id of unlisted.slice(0, MOST_LOOKED_UP)) {
		if (Date.now() > deadline) break;
		const outcome = await settled(rules.readJob(id));
		if ('failure' in outcome && isRefusedForGood(outcome.failure)) {
			forgetJob(memory, id, outcome.failure);
			continue;
		}
		noteRunning(memory, id, memory.running.get(id));
		if ('value' in outcome) jobs.push(outcome.value);
	}
	return jobs;
}

function forgetJob(memory: PollMemory, id: string, failure: unknown): void {
	const { message } = failure as Error;
	memory.running.delete(id);
	LoggerProxy.warn(`The job ${id} is not awaited any more: ${message}`);
}

/** Takes note of the jobs in the list; those that are new wait like the running ones. */
export function noteJobs<Wire>(memory: PollMemory, { jobs, mayHaveMissed }: Listed<Wire>): void {
	const ended = new Set(memory.ended.map(({ id }) => id));
	for (const { id, createdAt } of [...jobs].reverse()) {
		const isOld =
			createdAt !== null && memory.forgottenUntil !== null && createdAt <= memory.forgottenUntil;
		if (!ended.has(id) && !memory.running.has(id) && !isOld) noteRunning(memory, id);
	}
	memory.newestAt = latest([memory.newestAt, ...jobs.map(({ createdAt }) => createdAt)]);
	memory.gap ||= mayHaveMissed;
}
