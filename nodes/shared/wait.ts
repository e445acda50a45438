import type { IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { inputError } from './errors';
import { cancelSignalOf } from './provider';
import { DEFAULT_TIMEOUT_MINUTES, numberOption } from './settings';
import { sleep } from './sleep';
import { isFinished } from './transcript';
import type { TranscriptStatus } from './transcript';

const LONGEST_INTERVAL_SECONDS = 30;

/** How long and how often to look whether a job has ended. */
export interface WaitSettings {
	/** Seconds between two looks at a young job. */
	pollIntervalSeconds: number;
	timeoutMinutes: number;
}

/**
 * The item's settings for waiting. Read them before a job is started, so that a wrong one costs
 * nothing.
 *
 * @param defaultInterval the provider's cadence in seconds
 * @throws NodeOperationError where one is out of range
 */
export function waitSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	defaultInterval: number,
): WaitSettings {
	const interval = { least: 0.1, most: 3600 };
	const timeout = { least: 0.01, most: 7 * 24 * 60 };
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
export interface WaitedJob<Job> {
	/** The provider's name. */
	provider: string;
	id: string;
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
 */
export function timeLimitError(
	context: IExecuteFunctions,
	itemIndex: number,
	job: { provider: string; id: string; status: TranscriptStatus; timeoutMinutes: number },
): NodeOperationError {
	const { provider, id, status, timeoutMinutes } = job;
	return inputError(
		context.getNode(),
		`${provider} has not finished within ${timeoutMinutes} minutes: job ${id} is ${status}`,
		{
			description:
				'The job goes on with the provider and nothing is lost. Use the Wait or Get operation with its ID, or raise Timeout in the options.',
			itemIndex,
		},
	);
}

/**
 * Waits until a job has ended, well or badly.
 *
 * @returns the job as it ended
 * @throws NodeOperationError at the time limit, saying where the job stands and how to get on; the
 * reading's own error; n8n's own when the execution is stopped
 */
export async function waitUntilFinished<Job>(
	context: IExecuteFunctions,
	itemIndex: number,
	job: WaitedJob<Job>,
	{ pollIntervalSeconds, timeoutMinutes }: WaitSettings,
): Promise<Job> {
	const started = Date.now();
	const deadline = started + timeoutMinutes * 60_000;
	for (;;) {
		const current = await job.read();
		const status = job.statusOf(current);
		if (isFinished({ status })) return current;
		const now = Date.now();
		if (now >= deadline) {
			const { provider, id } = job;
			throw timeLimitError(context, itemIndex, { provider, id, status, timeoutMinutes });
		}
		const pause = nextLookSeconds((now - started) / 1000, pollIntervalSeconds) * 1000;
		await sleep(Math.min(pause, deadline - now), cancelSignalOf(context));
	}
}
