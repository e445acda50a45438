import type { IPollFunctions } from 'n8n-workflow';

import type { PolledJob, PollingRules } from '../shared/polling/pollingRules';
import { textOf, unixSecondsOf } from '../shared/core/wireValues';
import { getJob, getResult, listJobs, MOST_LISTED } from './api';
import type { WireJob } from './api';
import { jobFiles } from './exports';
import { whipscribe } from './provider';
import { transcriptOf } from './transcript';
import type { WireTranscript } from './transcript';

/** How Whipscribe's jobs are polled: it has no webhooks, and lists the 100 newest jobs. */
export function pollingRules(context: IPollFunctions): PollingRules<WireTranscript> {
	return {
		provider: whipscribe,
		async listJobs() {
			const rows = await listJobs(context, undefined, { limit: MOST_LISTED });
			const entries = rows.filter(({ job_id }) => textOf(job_id)).map(polledJob);
			return { entries, next: undefined, isCut: rows.length >= MOST_LISTED };
		},
		readJob: async (jobId) =>
			polledJob({ job_id: jobId, ...(await getJob(context, undefined, { jobId })) }),
		complete: async (job) => await complete(context, job),
		files: {
			jobFiles,
			exportedJob: ({ id, event, wire }) =>
				event === 'done' ? { id, recording: textOf(wire.job.filename) } : undefined,
		},
		outputOf: ({ event, wire }) =>
			context.getNodeParameter('simplify', true)
				? { ...transcriptOf(wire), event }
				: { ...wire.job, ...(wire.result && { result: wire.result }) },
	};
}

function polledJob(job: WireJob): PolledJob<WireTranscript> {
	const { job_id, created_at, status } = job;
	return {
		id: String(job_id),
		createdAt: unixSecondsOf(created_at),
		event: status === 'done' || status === 'failed' ? status : undefined,
		wire: { job },
	};
}

/** Adds the transcript where it is asked for, and to a failed job why it failed. */
async function complete(
	context: IPollFunctions,
	{ id: jobId, event, wire }: PolledJob<WireTranscript>,
): Promise<WireTranscript> {
	// the list of jobs does not say why one failed
	if (event === 'failed')
		return { job: { ...wire.job, ...(await getJob(context, undefined, { jobId })) } };
	if (!context.getNodeParameter('options.fetchTranscript', false)) return wire;
	return { ...wire, result: await getResult(context, undefined, { jobId }) };
}
