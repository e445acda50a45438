import type { IExecuteFunctions } from 'n8n-workflow';

import { failedJobError } from '../shared/failedJob';
import { waitUntilFinished } from '../shared/wait';
import type { WaitSettings } from '../shared/wait';
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
	let known = started;
	const ended = await waitUntilFinished(
		context,
		itemIndex,
		{
			provider: scripe.name,
			id,
			read: async () => {
				const job = known ?? (await getJob(context, id, itemIndex));
				known = undefined;
				return job;
			},
			statusOf: ({ status }) => statusOfJob(status),
		},
		{ ...settings, isKnownAddress: started !== undefined },
	);
	const error = errorOfJob(ended);
	if (!error) return ended;
	const task = TASKS[String(ended.type)] ?? 'finish the job';
	throw await failedJobError(context, itemIndex, scripe, id, error, task);
}
