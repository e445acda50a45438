import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { numberOf, textOf } from '../shared/wireValues';
import { listJobs } from './api';
import type { WireJob } from './api';

function labelOf({ id, created_at, status, duration_sec }: WireJob): string {
	const duration = numberOf(duration_sec);
	return [
		textOf(created_at)?.slice(0, 16).replace('T', ' ') ?? String(id),
		textOf(status),
		duration === null ? null : `${Math.round(duration)} s`,
	]
		.filter((part) => part !== null)
		.join(' · ');
}

/** The account's jobs for the picker, the newest first, a page at a time. */
export async function searchJobs(
	this: ILoadOptionsFunctions,
	_filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const { entries, next } = await listJobs(this, cursor);
	return {
		results: entries.map((job) => ({ name: labelOf(job), value: String(job.id) })),
		paginationToken: next,
	};
}
