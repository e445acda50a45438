import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import type { RequestContext } from '../shared/core/provider';
import { textOf, unixSecondsOf } from '../shared/core/wireValues';
import { getSource } from './api';
import type { WireJob, WireSource } from './api';
import { listPosts } from './postsApi';
import type { WirePost } from './postsApi';
import { resultOf, statusOfJob, transcriptOfJob, transcriptOfSource } from './transcript';

const POSTS_PAGE = 200;
const MOST_PAGES = 5;

/** What a job made, as far as Scripe lets it be read. */
export interface JobResult {
	source?: WireSource;
	post?: WirePost;
}

/** Reads the source that a job made; empty where the job has made none. */
export async function sourceOfJob(
	context: RequestContext,
	itemIndex: number | undefined,
	job: WireJob,
): Promise<JobResult> {
	const { sourceId } = resultOf(job);
	if (statusOfJob(job.status) !== 'completed' || sourceId === null) return {};
	return { source: await getSource(context, itemIndex, sourceId) };
}

/** Reads the post that a job wrote; empty where it wrote none, or where Scripe does not list it. */
export async function postOfJob(
	context: RequestContext,
	itemIndex: number | undefined,
	job: WireJob,
): Promise<JobResult> {
	const { postId } = resultOf(job);
	const projectId = textOf(job.projectId);
	if (postId === null || projectId === null) return {};
	const query = { projectId, limit: POSTS_PAGE, ...dayBefore(job.createdAt) };
	// the vendor documents no call that reads one post
	let cursor: string | undefined;
	for (let page = 0; page < MOST_PAGES; page++) {
		const { entries, next } = await listPosts(context, itemIndex, {
			...query,
			...(cursor && { cursor }),
		});
		const post = entries.find(({ id }) => textOf(id) === postId);
		if (post) return { post };
		if (next === undefined || next === cursor) break;
		cursor = next;
	}
	return {};
}

/** Where the search for a job's post begins; the day before, because dates may be local. */
function dayBefore(createdAt: unknown): IDataObject {
	const seconds = unixSecondsOf(createdAt);
	if (seconds === null) return {};
	return {
		dateFrom: DateTime.fromSeconds(seconds, { zone: 'utc' }).minus({ days: 1 }).toISODate(),
	};
}

/** Reads what a job made, a source or a post; empty where it has made nothing. */
export async function resultOfJob(
	context: RequestContext,
	itemIndex: number | undefined,
	job: WireJob,
): Promise<JobResult> {
	const source = await sourceOfJob(context, itemIndex, job);
	return { ...source, ...(await postOfJob(context, itemIndex, job)) };
}

/**
 * A job with what it made, as the common Transcript.
 *
 * @param fileName the file's name where the node knows it
 */
export function transcriptOf(
	job: WireJob,
	{ source, post }: JobResult,
	fileName: string | null = null,
): IDataObject {
	const ofJob = transcriptOfJob(job, { fileName });
	const { id, status } = ofJob;
	const jobId = textOf(id);
	return {
		...ofJob,
		// the job's own id and status, so that they are the same whenever it is read
		...(source && { ...transcriptOfSource(source, { jobId, fileName }), id, status }),
		...(post && { post }),
	};
}
