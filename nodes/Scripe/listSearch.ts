import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { choicesOf } from '../shared/fields/choices';
import { dayAndTimeOf, textOf } from '../shared/core/wireValues';
import { listJobs, listProjects } from './api';
import type { WireJob } from './api';
import { resultOf } from './transcript';

const PAGE_SIZE = 50;

function pageAt(cursor: string | undefined): IDataObject {
	return { limit: PAGE_SIZE, ...(cursor && { cursor }) };
}

function labelOf(parts: Array<string | null>): string {
	return parts.filter((part) => part !== null).join(' · ');
}

function jobLabel({ id, createdAt, type, status }: WireJob): string {
	return labelOf([dayAndTimeOf(createdAt) ?? textOf(id), textOf(type), textOf(status)]);
}

/** The workspace's projects for the picker, a page at a time. */
export async function searchProjects(
	this: ILoadOptionsFunctions,
	_filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const { entries, next } = await listProjects(this, undefined, pageAt(cursor));
	return {
		results: entries.flatMap(({ id, name, url }) => {
			const value = textOf(id);
			if (value === null) return [];
			return [{ name: textOf(name) ?? value, value, url: textOf(url) ?? undefined }];
		}),
		paginationToken: next,
	};
}

/** The workspace's jobs for the picker, the newest first, a page at a time. */
export async function searchJobs(
	this: ILoadOptionsFunctions,
	_filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const { entries, next } = await listJobs(this, undefined, pageAt(cursor));
	return {
		results: choicesOf(entries, ({ id }) => id, jobLabel),
		paginationToken: next,
	};
}

/** The sources that were made from files, found by their jobs: Scripe has no list of sources. */
export async function searchSources(
	this: ILoadOptionsFunctions,
	_filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const query = { ...pageAt(cursor), type: 'SOURCE_INGEST_FILE', status: 'DONE' };
	const { entries, next } = await listJobs(this, undefined, query);
	const results = entries.flatMap((job) => {
		const { sourceId } = resultOf(job);
		if (sourceId === null) return [];
		return [{ name: labelOf([dayAndTimeOf(job.createdAt), sourceId]), value: sourceId }];
	});
	return { results, paginationToken: next };
}
