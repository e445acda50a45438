import type { IExecuteFunctions } from 'n8n-workflow';

import { failedJobError } from '../shared/wait/failedJob';
import type { WaitSettings } from '../shared/wait/wait';
import { waitForEnd } from '../shared/wait/waitForResult';
import { getTranscription } from './api';
import type { WireTranscription } from './api';
import { scriptivox } from './provider';
import { statusOf, transcriptOf } from './transcript';

/** Seconds between two looks, as in the Scriptivox quickstart. */
export const POLL_INTERVAL_SECONDS = 5;

/** Seconds until a parked execution looks by itself whether a callback got lost. */
export const FIRST_LOOK_SECONDS = 60;

/**
 * Waits for a transcription.
 *
 * @returns it as Scriptivox gives it, completed
 * @throws NodeApiError where the job failed; NodeOperationError at the time limit
 */
export async function waitForTranscription(
	context: IExecuteFunctions,
	itemIndex: number,
	id: string,
	settings: WaitSettings,
): Promise<WireTranscription> {
	const job = {
		provider: scriptivox,
		id,
		read: async () => await getTranscription(context, itemIndex, id),
		statusOf: ({ status }: WireTranscription) => statusOf(status),
		errorOf: (transcription: WireTranscription) => transcriptOf(transcription).error,
	};
	return await waitForEnd(context, itemIndex, job, settings);
}

/**
 * Makes an error of a transcription that failed.
 *
 * @throws NodeApiError with Scriptivox's reason
 */
export async function throwIfFailed(
	context: IExecuteFunctions,
	itemIndex: number,
	id: string,
	transcription: WireTranscription,
): Promise<void> {
	const { status, error } = transcriptOf(transcription);
	if (status === 'failed') throw await failedJobError(context, itemIndex, scriptivox, id, error);
}
