import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { SightedJob } from '../shared/operation/begun';
import { jobErrorOf } from '../shared/http/detailError';
import { failedJobError } from '../shared/wait/failedJob';
import { inSight } from '../shared/operation/inSight';
import { pollIntervalSecondsOption, timeoutMinutesOption } from '../shared/fields/optionFields';
import { readPatiently, waitUntilFinished } from '../shared/wait/wait';
import type { WaitSettings } from '../shared/wait/wait';
import { getJob, getResult } from './api';
import type { JobReference } from './api';
import { whipscribe } from './provider';
import { statusOf } from './transcript';
import type { WireTranscript } from './transcript';

/** Seconds between two looks (Whipscribe API docs). */
export const POLL_INTERVAL_SECONDS = 3;

/** The options of operations that wait. */
export const waitOptions: INodeProperties[] = [
	{ ...pollIntervalSecondsOption, default: POLL_INTERVAL_SECONDS },
	timeoutMinutesOption,
];

/**
 * Waits for a job and reads its transcript.
 *
 * @throws NodeApiError where the job failed; NodeOperationError at the time limit
 */
export async function waitForTranscript(
	context: IExecuteFunctions,
	itemIndex: number,
	reference: JobReference,
	settings: WaitSettings,
): Promise<Required<Pick<WireTranscript, 'job' | 'result'>>> {
	const { jobId: id, claimToken } = reference;
	return await inSight(
		context,
		itemIndex,
		whipscribe,
		{ id, claimToken },
		async (sighted) => await transcriptOnceDone(context, itemIndex, reference, sighted, settings),
	);
}

async function transcriptOnceDone(
	context: IExecuteFunctions,
	itemIndex: number,
	reference: JobReference,
	sighted: SightedJob,
	settings: WaitSettings,
): Promise<Required<Pick<WireTranscript, 'job' | 'result'>>> {
	const { id } = sighted;
	const job = await waitUntilFinished(
		context,
		itemIndex,
		{
			...sighted,
			read: async () => await getJob(context, itemIndex, reference),
			statusOf: ({ status }) => statusOf(status),
		},
		settings,
	);
	if (statusOf(job.status) === 'failed') {
		throw await failedJobError(context, itemIndex, whipscribe, id, jobErrorOf(job.error));
	}
	const readResult = async () => await getResult(context, itemIndex, reference);
	return { job, result: await readPatiently(context, settings, readResult) };
}

/** Says in the panel that a recording holds no speech: a result like any other, and not charged. */
export function hintAtSilence(
	context: IExecuteFunctions,
	itemIndex: number,
	items: INodeExecutionData[],
): INodeExecutionData[] {
	if (items.some(({ json }) => json.speechDetected === false)) {
		context.addExecutionHints({
			message: `Whipscribe heard no speech in the recording of item ${itemIndex}. It is not charged.`,
			type: 'warning',
			location: 'outputPane',
		});
	}
	return items;
}
