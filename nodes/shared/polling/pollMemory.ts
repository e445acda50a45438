import type { IDataObject } from 'n8n-workflow';

import { numberOf, objectOf, textsOf } from '../core/wireValues';

const MOST_ENDED = 1000;
const MOST_RUNNING = 1000;

/** What a polling trigger remembers of the provider's jobs; bounded, and stored by n8n as JSON. */
export interface PollMemory {
	/** Whose jobs these are: another account's jobs need another beginning. */
	account: string;
	/** Jobs that ended and were dealt with, the first dealt with first. */
	ended: EndedJob[];
	/** Jobs to be looked at again, the longest not looked at first, with the tries that failed. */
	running: Map<string, number>;
	/** Unix seconds of the newest job that was ever listed. */
	newestAt: number | null;
	/** Unix seconds up to which jobs may be missing in `ended` though they were dealt with. */
	forgottenUntil: number | null;
	/** Whether jobs may have come and gone unseen since the last event. */
	gap: boolean;
}

interface EndedJob {
	id: string;
	/** Unix seconds; null where the provider does not say. */
	createdAt: number | null;
}

type RunningJob = [id: string, failedTries: number];

/** A memory of nothing. */
export function emptyMemory(account: string): PollMemory {
	return {
		account,
		ended: [],
		running: new Map(),
		newestAt: null,
		forgottenUntil: null,
		gap: false,
	};
}

/**
 * The memory as it was stored.
 *
 * @returns undefined where there is none for this account: the trigger begins
 */
export function storedPollMemory(staticData: IDataObject, account: string): PollMemory | undefined {
	const stored = objectOf(staticData.jobs);
	if (stored.account !== account) return undefined;
	const { endedIds, endedAt, newestAt, forgottenUntil, gap } = stored;
	const times = Array.isArray(endedAt) ? endedAt : [];
	return {
		account,
		ended: textsOf(endedIds).map((id, index) => ({ id, createdAt: numberOf(times[index]) })),
		running: new Map(Array.isArray(stored.running) ? (stored.running as RunningJob[]) : []),
		newestAt: numberOf(newestAt),
		forgottenUntil: numberOf(forgottenUntil),
		gap: gap === true,
	};
}

/** Stores a memory, with what is too much of it forgotten. */
export function storePollMemory(staticData: IDataObject, memory: PollMemory): void {
	const { account, ended, running, newestAt, forgottenUntil, gap } = bounded(memory);
	staticData.jobs = {
		account,
		endedIds: ended.map(({ id }) => id),
		endedAt: ended.map(({ createdAt }) => createdAt),
		running: [...running],
		newestAt,
		forgottenUntil,
		gap,
	};
}

function bounded(memory: PollMemory): PollMemory {
	const forgotten = memory.ended.slice(0, -MOST_ENDED);
	const running = [...memory.running].slice(-MOST_RUNNING);
	return {
		...memory,
		ended: memory.ended.slice(-MOST_ENDED),
		running: new Map(running),
		forgottenUntil: latest([memory.forgottenUntil, ...forgotten.map(({ createdAt }) => createdAt)]),
		gap: memory.gap || running.length < memory.running.size,
	};
}

/** The latest of some times; null where there is none. */
export function latest(times: Array<number | null>): number | null {
	const known = times.filter((time) => time !== null);
	return known.length > 0 ? Math.max(...known) : null;
}

/** Notes that a job is dealt with. */
export function noteEnded(memory: PollMemory, { id, createdAt }: EndedJob): void {
	memory.running.delete(id);
	memory.ended.push({ id, createdAt });
}

/** Notes that a job has to be looked at again; it goes to the end of the line. */
export function noteRunning(memory: PollMemory, id: string, failedTries = 0): void {
	memory.running.delete(id);
	memory.running.set(id, failedTries);
}
