import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { waitingOptions } from '../shared/fields/optionFields';
import { booleanOption } from '../shared/core/settings';
import { waitSettings } from '../shared/wait/wait';
import type { WaitSettings } from '../shared/wait/wait';
import { waitForEnd } from '../shared/wait/waitForResult';
import { getJob } from './api';
import type { WireJob } from './api';
import { transcripton } from './provider';
import { statusOf, transcriptOf } from './transcript';

/** Seconds between two looks, as in the Transcripton quickstart. */
export const POLL_INTERVAL_SECONDS = 3;

/** Whether to wait for the job first, where an operation needs one that has ended. */
export const readyOptions: INodeProperties[] = [
	...waitingOptions(POLL_INTERVAL_SECONDS),
	{
		displayName: 'Wait Until Ready',
		name: 'waitUntilReady',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait for the job to end first. Without this option a job that is still under way is an error.',
	},
];

/**
 * Waits for a job.
 *
 * @returns it as Transcripton gives it, done
 * @throws NodeApiError where the job failed; NodeOperationError at the time limit
 */
export async function waitForJob(
	context: IExecuteFunctions,
	itemIndex: number,
	id: string,
	settings: WaitSettings,
): Promise<WireJob> {
	const job = {
		provider: transcripton,
		id,
		read: async () => await getJob(context, itemIndex, id),
		statusOf: ({ status }: WireJob) => statusOf(status),
		errorOf: (ended: WireJob) => transcriptOf(ended).error,
	};
	return await waitForEnd(context, itemIndex, job, settings);
}

/**
 * Waits for a job where the item's option Wait Until Ready is on.
 *
 * @returns the job as it ended; undefined where nobody asked to wait
 */
export async function waitIfAsked(
	context: IExecuteFunctions,
	itemIndex: number,
	id: string,
): Promise<WireJob | undefined> {
	if (!booleanOption(context, itemIndex, 'waitUntilReady', 'Wait Until Ready')) return undefined;
	const settings = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
	return await waitForJob(context, itemIndex, id, settings);
}
