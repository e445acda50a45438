import type { IExecuteFunctions } from 'n8n-workflow';

import type { SightedJob } from '../shared/operation/begun';
import { failedJobError } from '../shared/wait/failedJob';
import { inSight } from '../shared/operation/inSight';
import { readPatiently, waitUntilFinished } from '../shared/wait/wait';
import type { WaitSettings } from '../shared/wait/wait';
import { getJob } from './api';
import type { WireJob } from './api';
import { scripe } from './provider';
import { errorOfJob, statusOfJob } from './transcript';

/** Seconds between two looks; the vendor documents none. */
export const POLL_INTERVAL_SECONDS = 5;

const TASKS: Record<string, string> = {
	SOURCE_INGEST_FILE: 'make a source of the file',
	POST_GENERATION: 'write the post',
};

/**
 * Waits for a job.
 *
 * @param started the job as it was started, where it may have ended at once
 * @returns it as Scripe gives it, done
 * @throws NodeApiError where it failed or was cancelled; NodeOperationError at the time limit
 */
export async function waitForJob(
	context: IExecuteFunctions,
	itemIndex: number,
	id: string,
	settings: WaitSettings,
	started?: WireJob,
): Promise<WireJob> {
	return await inSight(
		context,
		itemIndex,
		scripe,
		{ id },
		async (sighted) => await ended(context, itemIndex, id, sighted, settings, started),
	);
}

/**
 * Reads what a job has made, through outages too.
 *
 * @throws NodeApiError where Scripe refuses, or is still away at the time limit
 */
export async function readOfJob<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	{ id }: WireJob,
	settings: WaitSettings,
	read: () => Promise<T>,
): Promise<T> {
	return await inSight(
		context,
		itemIndex,
		scripe,
		{ id: String(id) },
		async () => await readPatiently(context, settings, read),
	);
}

async function ended(
	context: IExecuteFunctions,
	itemIndex: number,
	id: string,
	sighted: SightedJob,
	settings: WaitSettings,
	started: WireJob | undefined,
): Promise<WireJob> {
	let known = started;
	const job = await waitUntilFinished(
		context,
		itemIndex,
		{
			...sighted,
			read: async () => {
				const current = known ?? (await getJob(context, itemIndex, id));
				known = undefined;
				return current;
			},
			statusOf: ({ status }) => statusOfJob(status),
		},
		{ ...settings, isKnownAddress: started !== undefined },
	);
	const error = errorOfJob(job);
	if (!error) return job;
	const task = TASKS[String(job.type)] ?? 'finish the job';
	throw await failedJobError(context, itemIndex, scripe, id, error, task);
}
