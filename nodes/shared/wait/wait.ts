import type { IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import type { SightedJob } from '../operation/begun';
import { inputError, isOfKnownAddress } from '../core/errors';
import { asLook } from '../http/outlasting';
import { isOfSomethingBetween, passesByItself } from '../http/passing';
import { cancelSignalOf } from '../core/provider';
import { settled } from '../core/settled';
import { safeText } from '../core/safeText';
import { DEFAULT_TIMEOUT_MINUTES, numberOption } from '../core/settings';
import { sleep } from '../core/sleep';
import { isFinished } from '../transcript/transcript';
import type { TranscriptStatus } from '../transcript/transcript';

const LONGEST_INTERVAL_SECONDS = 30;

/** How long and how often to look whether a job has ended. */
export interface WaitSettings {
	/** Seconds between two looks at a young job. */
	pollIntervalSeconds: number;
	timeoutMinutes: number;
	/**
	 * Whether the provider has answered a request of this item before, such as the job's start. Else what
	 * is of something in between is outlasted all the same, but in the editor, where a mistyped address is
	 * to be seen at once.
	 */
	isKnownAddress?: boolean;
}

/** The time limit, in minutes, at which a job is looked at once. */
export const LOOK_ONCE = 0;

/** The least time limit of an operation that starts the job itself, in minutes. */
const SHORTEST_WAIT = 0.01;

/**
 * The item's settings for waiting. Read them before a job is started, so that a wrong one costs
 * nothing.
 *
 * @param defaultInterval the provider's cadence in seconds
 * @param leastMinutes the least time limit: `LOOK_ONCE` where the job was started before
 * @throws NodeOperationError where one is out of range
 */
export function waitSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	defaultInterval: number,
	leastMinutes = SHORTEST_WAIT,
): WaitSettings {
	const interval = { least: 0.1, most: 3600 };
	const timeout = { least: leastMinutes, most: 7 * 24 * 60 };
	return {
		pollIntervalSeconds:
			numberOption(context, itemIndex, 'pollIntervalSeconds', 'Poll Interval', interval) ??
			defaultInterval,
		timeoutMinutes:
			numberOption(context, itemIndex, 'timeoutMinutes', 'Timeout', timeout) ??
			DEFAULT_TIMEOUT_MINUTES,
	};
}

/** A job to wait for. */
export interface WaitedJob<Job> extends SightedJob {
	/** Asks the provider for the job as it is now. */
	read(): Promise<Job>;
	/** Where the job stands. */
	statusOf(job: Job): TranscriptStatus;
}

/** Seconds until the next look: a tenth of the job's age, at least the interval, at most 30. */
export function nextLookSeconds(ageSeconds: number, pollIntervalSeconds: number): number {
	const longest = Math.max(pollIntervalSeconds, LONGEST_INTERVAL_SECONDS);
	return Math.min(Math.max(ageSeconds / 10, pollIntervalSeconds), longest);
}

/**
 * Says that a job has not ended in time, where it stands and how to get on.
 *
 * @param job.provider the provider's name
 * @param job.readWith the operations that read it, as the panel names them
 * @param job.status where it stood at the last look that succeeded; undefined where none did
 * @param job.lastFailure what the last look ended with, where it failed
 */
export function timeLimitError(
	context: IExecuteFunctions,
	itemIndex: number,
	job: {
		provider: string;
		readWith: string;
		id: string;
		status: TranscriptStatus | undefined;
		timeoutMinutes: number;
		lastFailure?: unknown;
	},
): NodeOperationError {
	const { provider, readWith, id, status = 'out of reach', timeoutMinutes, lastFailure } = job;
	const advice = `The job keeps running at the provider and nothing is lost. Use ${readWith} with its ID, or raise Timeout in the options.`;
	const failure =
		lastFailure === undefined ? [] : [`The last look failed: ${messageOf(lastFailure)}.`];
	return inputError(
		context.getNode(),
		`${provider} has not finished within ${timeoutMinutes} minutes: job ${id} is ${status}`,
		{ description: [advice, ...failure].join(' '), itemIndex },
	);
}

function messageOf(failure: unknown): string {
	return safeText(failure instanceof Error ? failure.message : String(failure));
}

/** What is known of a wait while it goes on. */
interface Progress {
	startedAt: number;
	deadline: number;
	isKnownAddress: boolean;
	status?: TranscriptStatus;
	lastFailure?: unknown;
}

function progressOf({ timeoutMinutes, isKnownAddress = false }: WaitSettings): Progress {
	const startedAt = Date.now();
	return { startedAt, deadline: startedAt + timeoutMinutes * 60_000, isKnownAddress };
}

/**
 * Waits until a job has ended, well or badly. What passes by itself, such as an outage of the provider
 * or of the line, does not end the wait.
 *
 * @returns the job as it ended
 * @throws NodeOperationError at the time limit, saying where the job stands and how to get on; the
 * reading's own error where the provider refuses; n8n's own when the execution is stopped
 */
export async function waitUntilFinished<Job>(
	context: IExecuteFunctions,
	itemIndex: number,
	job: WaitedJob<Job>,
	settings: WaitSettings,
): Promise<Job> {
	const progress = progressOf(settings);
	for (;;) {
		const current = await looked(context, itemIndex, progress, async () => await job.read());
		if ('value' in current) {
			progress.status = job.statusOf(current.value);
			if (isFinished({ status: progress.status })) return current.value;
		}
		if (Date.now() >= progress.deadline) {
			const { provider, readWith, id } = job;
			const { status, lastFailure } = progress;
			const { timeoutMinutes } = settings;
			const stand = { provider, readWith, id, status, timeoutMinutes, lastFailure };
			throw timeLimitError(context, itemIndex, stand);
		}
		await pauseFor(context, progress, settings);
	}
}

/**
 * Reads what a job has made, and again after each failure that passes by itself, as long as the item
 * may wait.
 *
 * @throws the last failure at the time limit; the reading's own error where the provider refuses
 */
export async function readPatiently<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: WaitSettings,
	read: () => Promise<T>,
): Promise<T> {
	const progress = progressOf({ ...settings, isKnownAddress: true });
	for (;;) {
		const outcome = await looked(context, itemIndex, progress, read);
		if ('value' in outcome) return outcome.value;
		if (Date.now() >= progress.deadline) throw outcome.failure;
		await pauseFor(context, progress, settings);
	}
}

/** What came of a look; one that failed for good throws. */
async function looked<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	progress: Progress,
	read: () => Promise<T>,
): Promise<{ value: T } | { failure: unknown }> {
	const outcome = await settled(asLook(context, itemIndex, read));
	if ('failure' in outcome && !isOutlasted(context, progress, outcome.failure)) {
		throw outcome.failure;
	}
	progress.isKnownAddress ||= 'value' in outcome;
	progress.lastFailure = 'failure' in outcome ? outcome.failure : undefined;
	return outcome;
}

function isOutlasted(
	context: IExecuteFunctions,
	{ isKnownAddress }: Progress,
	failure: unknown,
): boolean {
	if (passesByItself(failure, isKnownAddress)) return true;
	const isBelieved = context.getMode() !== 'manual' || isOfKnownAddress(failure);
	return isBelieved && isOfSomethingBetween(failure);
}

async function pauseFor(
	context: IExecuteFunctions,
	{ startedAt, deadline }: Progress,
	{ pollIntervalSeconds }: WaitSettings,
): Promise<void> {
	const now = Date.now();
	const pause = nextLookSeconds((now - startedAt) / 1000, pollIntervalSeconds) * 1000;
	await sleep(Math.min(pause, deadline - now), cancelSignalOf(context));
}
