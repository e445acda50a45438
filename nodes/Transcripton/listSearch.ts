import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { choicesOf, jobLabel } from '../shared/fields/choices';
import { listJobs } from './api';
import type { WireJob } from './api';

function labelOf(job: WireJob): string {
	const {
		id,
		created_at: createdAt,
		duration_sec: seconds,
		language_detected: language,
		status,
	} = job;
	return jobLabel({ id, createdAt, seconds, language, status });
}

/** The account's jobs for the picker, the newest first, a page at a time. */
export async function searchJobs(
	this: ILoadOptionsFunctions,
	_filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const query = cursor ? { page: Number(cursor) } : {};
	const { entries, next } = await listJobs(this, undefined, query);
	return {
		results: choicesOf(entries, ({ id }) => id, labelOf),
		paginationToken: next,
	};
}
