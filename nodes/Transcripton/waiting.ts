import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { failedJobError } from '../shared/wait/failedJob';
import { inSight } from '../shared/operation/inSight';
import { pollIntervalSecondsOption, timeoutMinutesOption } from '../shared/fields/optionFields';
import { booleanOption } from '../shared/core/settings';
import { waitSettings, waitUntilFinished } from '../shared/wait/wait';
import type { WaitSettings } from '../shared/wait/wait';
import { getJob } from './api';
import type { WireJob } from './api';
import { transcripton } from './provider';
import { statusOf, transcriptOf } from './transcript';

/** Seconds between two looks, as in the Transcripton quickstart. */
const POLL_INTERVAL_SECONDS = 3;

/** How long and how often to look at a job. */
export const waitOptions: INodeProperties[] = [
	{ ...pollIntervalSecondsOption, default: POLL_INTERVAL_SECONDS },
	timeoutMinutesOption,
];

/** Whether to wait for the job first, where an operation needs one that has ended. */
export const readyOptions: INodeProperties[] = [
	...waitOptions,
	{
		displayName: 'Wait Until Ready',
		name: 'waitUntilReady',
		type: 'boolean',
		default: true,
		description:
			'Whether to wait for the job to end first. Without this option a job that is still under way is an error.',
	},
];

/** The item's settings for waiting. */
export function jobWaitSettings(context: IExecuteFunctions, itemIndex: number): WaitSettings {
	return waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
}

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
	return await inSight(context, itemIndex, transcripton, { id }, async (job) => {
		const finished = await waitUntilFinished(
			context,
			itemIndex,
			{
				...job,
				read: async () => await getJob(context, itemIndex, id),
				statusOf: ({ status }) => statusOf(status),
			},
			settings,
		);
		const { status, error } = transcriptOf(finished);
		if (status === 'failed') {
			throw await failedJobError(context, itemIndex, transcripton, id, error);
		}
		return finished;
	});
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
	return await waitForJob(context, itemIndex, id, jobWaitSettings(context, itemIndex));
}
