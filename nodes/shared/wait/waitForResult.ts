import type { IExecuteFunctions } from 'n8n-workflow';

import type { JobProvider, ProviderError } from '../core/provider';
import { inSight } from '../operation/inSight';
import type { TranscriptStatus } from '../transcript/transcript';
import { failedJobError } from './failedJob';
import { waitUntilFinished } from './wait';
import type { WaitSettings } from './wait';

/** A provider's job, and how it is read. */
export interface ReadableJob<Job> {
	provider: JobProvider;
	id: string;
	/** The proof that a guest's job is ours. */
	claimToken?: string;
	/** Asks the provider for the job as it is now. */
	read(): Promise<Job>;
	/** Where the job stands. */
	statusOf(job: Job): TranscriptStatus;
	/** Why the job failed; null where the provider does not say. */
	errorOf(job: Job): ProviderError | null;
	/** What the job was to do, where that is not to transcribe: `write the post`. */
	taskOf?(job: Job): string;
}

/**
 * Waits until a job has ended, and keeps its ID in sight meanwhile.
 *
 * @param finish reads what the job has made, in sight as well
 * @returns what `finish` gave
 * @throws NodeApiError where the job failed; NodeOperationError at the time limit; what `finish` throws
 */
export async function waitForResult<Job, Result>(
	context: IExecuteFunctions,
	itemIndex: number,
	job: ReadableJob<Job>,
	settings: WaitSettings,
	finish: (ended: Job) => Promise<Result>,
): Promise<Result> {
	const { provider, id, claimToken, read, statusOf, errorOf, taskOf } = job;
	return await inSight(context, itemIndex, provider, { id, claimToken }, async (sighted) => {
		const waited = { ...sighted, read, statusOf };
		const ended = await waitUntilFinished(context, itemIndex, waited, settings);
		if (statusOf(ended) !== 'failed') return await finish(ended);
		const task = taskOf?.(ended);
		throw await failedJobError(context, itemIndex, provider, id, errorOf(ended), task);
	});
}

/**
 * Waits until a job has ended, and keeps its ID in sight meanwhile.
 *
 * @returns the job as it ended, well
 * @throws as `waitForResult`
 */
export async function waitForEnd<Job>(
	context: IExecuteFunctions,
	itemIndex: number,
	job: ReadableJob<Job>,
	settings: WaitSettings,
): Promise<Job> {
	return await waitForResult(context, itemIndex, job, settings, async (ended) => ended);
}
