import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import type { PolledJob, PollingRules } from '../shared/polling/pollingRules';
import { textOf, textsOf, unixSecondsOf } from '../shared/core/wireValues';
import { getJob, listJobs } from './api';
import type { WireJob } from './api';
import { scripe } from './provider';
import { resultOfJob, transcriptOf } from './results';
import type { JobResult } from './results';

const PAGE_SIZE = 200;

/** A job, and what it made where that was asked for. */
interface FoundJob {
	job: WireJob;
	result: JobResult;
}

const EVENTS: Record<string, string> = {
	DONE: 'done',
	FAILED: 'failed',
	CANCELLED: 'cancelled',
};

/** How the trigger reads Scripe's jobs, as its settings say. */
export function pollingRules(context: IPollFunctions): PollingRules<FoundJob> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const types = textsOf(options.types);
	const polledJob = (job: WireJob): PolledJob<FoundJob> => ({
		id: String(job.id),
		createdAt: unixSecondsOf(job.createdAt),
		event: isWanted(job, types) ? EVENTS[String(job.status)] : 'unwanted',
		wire: { job, result: {} },
	});
	return {
		provider: scripe,
		async listJobs(cursor) {
			const query = { limit: PAGE_SIZE, ...(cursor && { cursor }) };
			const { entries, next } = await listJobs(context, undefined, query);
			return { entries: entries.filter(({ id }) => textOf(id)).map(polledJob), next };
		},
		async readJob(id) {
			return polledJob(await getJob(context, undefined, id));
		},
		async complete({ event, wire: { job } }) {
			if (event !== 'done' || options.fetchTranscript !== true) return { job, result: {} };
			const result = await resultOfJob(context, undefined, job);
			return { job, result };
		},
		outputOf({ event, wire: { job, result } }) {
			const simplify = context.getNodeParameter('simplify', true) as boolean;
			return simplify ? { ...transcriptOf(job, result), event } : { ...job, ...result };
		},
	};
}

// a kind that was not asked for is dealt with at once, so that nobody waits for its end
function isWanted({ type }: WireJob, types: string[]): boolean {
	return types.length === 0 || types.includes(String(type));
}
