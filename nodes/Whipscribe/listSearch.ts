import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { choicesOf } from '../shared/fields/choices';
import { dayAndTimeOf, textOf } from '../shared/core/wireValues';
import { listJobs, MOST_LISTED } from './api';
import type { WireJob } from './api';

function labelOf({ job_id, filename, status, created_at }: WireJob): string {
	return [textOf(filename) ?? textOf(job_id), textOf(status), dayAndTimeOf(created_at)]
		.filter((part) => part !== null)
		.join(' · ');
}

/** The account's 100 newest jobs for the picker: Whipscribe lists no others. */
export async function searchJobs(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const jobs = await listJobs(this, undefined, MOST_LISTED);
	return {
		results: choicesOf(jobs, ({ job_id }) => job_id, labelOf).filter(({ name }) =>
			name.toLowerCase().includes(filter.toLowerCase()),
		),
	};
}
