import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { jobErrorOf } from '../shared/http/detailError';
import { readPatiently } from '../shared/wait/wait';
import type { WaitSettings } from '../shared/wait/wait';
import { waitForResult } from '../shared/wait/waitForResult';
import { getJob, getResult } from './api';
import type { JobReference, WireJob } from './api';
import { whipscribe } from './provider';
import { statusOf } from './transcript';
import type { WireTranscript } from './transcript';

/** Seconds between two looks (Whipscribe API docs). */
export const POLL_INTERVAL_SECONDS = 3;

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
	const waited = {
		provider: whipscribe,
		id,
		claimToken,
		read: async () => await getJob(context, itemIndex, reference),
		statusOf: ({ status }: WireJob) => statusOf(status),
		errorOf: ({ error }: WireJob) => jobErrorOf(error),
	};
	return await waitForResult(context, itemIndex, waited, settings, async (job) => {
		const readResult = async () => await getResult(context, itemIndex, reference);
		return { job, result: await readPatiently(context, itemIndex, settings, readResult) };
	});
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
