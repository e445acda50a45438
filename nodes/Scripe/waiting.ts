import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inSight } from '../shared/operation/inSight';
import { readPatiently } from '../shared/wait/wait';
import type { WaitSettings } from '../shared/wait/wait';
import { DO_NOT_WAIT, UNTIL_FINISHED, waitField } from '../shared/wait/waitField';
import { waitForEnd } from '../shared/wait/waitForResult';
import { getJob } from './api';
import type { WireJob } from './api';
import { scripe } from './provider';
import { errorOfJob, statusOfJob } from './transcript';

/** Seconds between two looks; the vendor documents none. */
export const POLL_INTERVAL_SECONDS = 5;

/**
 * Whether to go on at once or with what a job makes, which is no transcript.
 *
 * @param result what it makes: `post`
 */
export function waitFieldFor(result: string): INodeProperties {
	return {
		...waitField,
		options: [
			{
				...DO_NOT_WAIT,
				description: `Go on once the job is started. Collect the ${result} with a trigger or with Job: Wait.`,
			},
			{ ...UNTIL_FINISHED, description: `Go on once the ${result} is there` },
		],
		description: `Whether to go on at once or with the ${result}`,
	};
}

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
	const job = {
		provider: scripe,
		id,
		async read() {
			const current = known ?? (await getJob(context, itemIndex, id));
			known = undefined;
			return current;
		},
		statusOf: ({ status }: WireJob) => statusOfJob(status),
		errorOf: errorOfJob,
		taskOf: ({ type }: WireJob) => TASKS[String(type)] ?? 'finish the job',
	};
	const waiting = { ...settings, ...(started && { isKnownAddress: true }) };
	return await waitForEnd(context, itemIndex, job, waiting);
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
		async () => await readPatiently(context, itemIndex, settings, read),
	);
}
