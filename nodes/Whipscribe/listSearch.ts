import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { choicesOf, jobLabel } from '../shared/fields/choices';
import { listJobs, MOST_LISTED } from './api';
import type { WireJob } from './api';

function labelOf(job: WireJob): string {
	const { job_id: id, filename: name, created_at: createdAt, language, status } = job;
	return jobLabel({ id, name, createdAt, seconds: job.audio_duration_seconds, language, status });
}

/** The account's 100 newest jobs for the picker: Whipscribe lists no others. */
export async function searchJobs(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const jobs = await listJobs(this, undefined, { limit: MOST_LISTED });
	return {
		results: choicesOf(jobs, ({ job_id }) => job_id, labelOf).filter(({ name }) =>
			name.toLowerCase().includes(filter.toLowerCase()),
		),
	};
}
