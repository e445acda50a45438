import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { choicesOf } from '../shared/fields/choices';
import { dayAndTimeOf, numberOf, textOf } from '../shared/core/wireValues';
import { listJobs } from './api';
import type { WireJob } from './api';

function labelOf({ id, created_at, status, duration_sec }: WireJob): string {
	const duration = numberOf(duration_sec);
	return [
		dayAndTimeOf(created_at) ?? textOf(id),
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
	const { entries, next } = await listJobs(this, undefined, cursor);
	return {
		results: choicesOf(entries, ({ id }) => id, labelOf),
		paginationToken: next,
	};
}
