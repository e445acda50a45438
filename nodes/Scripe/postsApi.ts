import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { RequestContext } from '../shared/core/provider';
import type { Page } from '../shared/http/paging';
import { ENDPOINTS } from './api';
import { readMany, readPage, write } from './client';
import type { Written } from './client';

/** Milliseconds for which a generation's request waits for its job (Scripe API reference). */
const LONGEST_WAIT_FOR_COMPLETION = 25_000;

/** A post as Scripe writes it. */
export type WirePost = IDataObject;

/** A note as Scripe writes it. */
export type WireNote = IDataObject;

/** What `POST /posts` takes. */
export interface PostBody {
	projectId: string;
	content?: string;
	title?: string;
	contentType?: string;
	scheduledFor?: string;
}

/** What `POST /posts/generations` takes. */
export interface GenerationBody {
	projectId: string;
	source: { text: string };
	scheduledFor?: string;
	options?: { language: string };
}

/** Makes a draft, or a post for a time to come. */
export async function createPost(
	context: IExecuteFunctions,
	itemIndex: number,
	body: PostBody,
	idempotencyKey: string | undefined,
): Promise<Written> {
	return await write(context, itemIndex, {
		endpoint: ENDPOINTS.createPost,
		path: '/posts',
		body: { ...body },
		idempotencyKey,
		lookup: 'Look with Post: Get Many whether the post exists',
	});
}

/**
 * Starts a job that writes a post.
 *
 * @param waits whether the request itself may wait for the post, for up to 25 seconds
 */
export async function generatePost(
	context: IExecuteFunctions,
	itemIndex: number,
	body: GenerationBody,
	waits: boolean,
	idempotencyKey: string | undefined,
): Promise<Written> {
	return await write(context, itemIndex, {
		endpoint: ENDPOINTS.generatePost,
		path: '/posts/generations',
		body: { ...body, ...(waits && { wait_for_completion_ms: LONGEST_WAIT_FOR_COMPLETION }) },
		idempotencyKey,
		lookup: 'Look with Job: Get Many whether its job exists',
	});
}

/** One page of a project's posts. */
export async function listPosts(
	context: RequestContext,
	itemIndex: number | undefined,
	query: IDataObject,
): Promise<Page<WirePost>> {
	return await readPage(context, itemIndex, ENDPOINTS.listPosts, '/posts', query);
}

/** A project's posts. */
export async function getManyPosts(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: number,
	filters: IDataObject,
): Promise<WirePost[]> {
	return await readMany(context, itemIndex, ENDPOINTS.listPosts, '/posts', wanted, filters);
}

/** A project's notes. */
export async function getManyNotes(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: number,
	filters: IDataObject,
): Promise<WireNote[]> {
	return await readMany(context, itemIndex, ENDPOINTS.listNotes, '/notes', wanted, filters);
}
