import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { numberOf, textOf } from '../shared/wireValues';
import { listJobs, MOST_LISTED } from './api';
import type { WireJob } from './api';

function labelOf({ job_id, filename, status, created_at }: WireJob): string {
	const createdAt = numberOf(created_at);
	return [
		textOf(filename) ?? String(job_id),
		textOf(status),
		createdAt === null ? null : timeText(createdAt),
	]
		.filter((part) => part !== null)
		.join(' · ');
}

function timeText(unixSeconds: number): string {
	const time = new Date(unixSeconds * 1000);
	return Number.isNaN(time.getTime()) ? '' : time.toISOString().slice(0, 16).replace('T', ' ');
}

/** The account's 100 newest jobs for the picker: Whipscribe lists no others. */
export async function searchJobs(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const jobs = await listJobs(this, MOST_LISTED);
	return {
		results: jobs
			.map((job) => ({ name: labelOf(job), value: String(job.job_id) }))
			.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())),
	};
}
