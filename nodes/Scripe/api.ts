import { randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { Page } from '../shared/http/paging';
import { uploadPresigned } from '../shared/http/presignedUpload';
import type { RequestContext } from '../shared/core/provider';
import { JSON_HEADERS } from '../shared/http/apiCall';
import type { Endpoint } from '../shared/http/apiCall';
import { frozen } from '../shared/core/frozen';
import type { UploadFile } from '../shared/files/upload';
import { objectOf, textOf } from '../shared/core/wireValues';
import { call, read, readMany, readPage, write } from './client';
import type { Written } from './client';

/**
 * Scripe's endpoints, those of posts and notes (`postsApi.ts`) too. The vendor documents no limit for one,
 * only 120 as an example: half of that is modest.
 */
export const ENDPOINTS = frozen({
	createSource: { name: 'create a source', requestsPerMinute: 60 },
	getSource: { name: 'read a source', requestsPerMinute: 60 },
	createUpload: { name: 'upload a file', requestsPerMinute: 60 },
	getJob: { name: 'read a job', requestsPerMinute: 60 },
	listJobs: { name: 'list jobs', requestsPerMinute: 60 },
	cancelJob: { name: 'cancel a job', requestsPerMinute: 60 },
	createPost: { name: 'create a post', requestsPerMinute: 60 },
	generatePost: { name: 'generate a post', requestsPerMinute: 60 },
	listPosts: { name: 'list posts', requestsPerMinute: 60 },
	listNotes: { name: 'list notes', requestsPerMinute: 60 },
	getProject: { name: 'read a project', requestsPerMinute: 60 },
	listProjects: { name: 'list projects', requestsPerMinute: 60 },
	getWorkspace: { name: 'read the workspace', requestsPerMinute: 60 },
} satisfies Record<string, Endpoint>);

/** A source as Scripe writes it. */
export type WireSource = IDataObject;

/** A job as Scripe writes it. */
export type WireJob = IDataObject;

/** A project as Scripe writes it. */
export type WireProject = IDataObject;

/** What `POST /sources` takes, for a text or for an upload. */
export interface SourceBody {
	type: 'text' | 'file';
	projectId: string;
	text?: string;
	uploadId?: string;
	name?: string;
}

/**
 * Makes a source. For a text the reply is the source, for an upload the job that makes it.
 *
 * @param idempotencyKey without it a request whose reply got lost is not sent again
 */
export async function createSource(
	context: IExecuteFunctions,
	itemIndex: number,
	body: SourceBody,
	idempotencyKey: string | undefined,
): Promise<Written> {
	return await write(context, itemIndex, {
		endpoint: ENDPOINTS.createSource,
		path: '/sources',
		body: { ...body },
		idempotencyKey,
		lookup:
			body.type === 'file'
				? 'Look with Job: Get Many whether its job exists'
				: 'Look in Scripe whether the source exists',
	});
}

/** Reads a source, with the first 2,000 characters of its text. */
export async function getSource(
	context: RequestContext,
	itemIndex: number | undefined,
	sourceId: string,
): Promise<WireSource> {
	const path = `/sources/${encodeURIComponent(sourceId)}`;
	return await read(context, itemIndex, ENDPOINTS.getSource, path);
}

/** An upload that holds its file. */
export interface Uploaded {
	uploadId: string;
	/** When its bytes are removed unless a source is made from them, as Scripe writes it. */
	expiresAt: string | null;
}

/**
 * Uploads a file: asks for a presigned address and puts the bytes there, streamed and without the
 * key. Where that goes wrong a new address is asked for, because each can be used only once.
 *
 * @throws NodeApiError where it cannot be uploaded
 */
export async function uploadFile(
	context: IExecuteFunctions,
	itemIndex: number,
	file: UploadFile,
): Promise<Uploaded> {
	const mint = async () => await mintUpload(context, itemIndex, file);
	return await uploadPresigned(context, itemIndex, file, mint);
}

async function mintUpload(context: IExecuteFunctions, itemIndex: number, file: UploadFile) {
	const contentType = file.mimeType;
	const { body } = await call(context, itemIndex, {
		endpoint: ENDPOINTS.createUpload,
		method: 'POST',
		path: '/uploads',
		headers: {
			...JSON_HEADERS,
			// a new one for each address: a replay would give an address that is used up
			'Idempotency-Key': `n8n-${randomUUID()}`,
		},
		body: { contentType, maxSizeBytes: file.size },
		needs: ['data'],
		accepts: (reply) => {
			const { id, uploadUrl } = objectOf(objectOf(reply).data);
			return textOf(id) !== null && textOf(uploadUrl) !== null;
		},
		resendable: true,
	});
	const { id, uploadUrl, contentType: signedType, expiresAt } = objectOf(body.data);
	return {
		upload: { uploadId: String(id), expiresAt: textOf(expiresAt) },
		target: { url: String(uploadUrl), contentType: textOf(signedType) ?? contentType },
	};
}

function jobPath(jobId: string): string {
	return `/jobs/${encodeURIComponent(jobId)}`;
}

/** Reads a job as it is now. */
export async function getJob(
	context: RequestContext,
	itemIndex: number | undefined,
	jobId: string,
): Promise<WireJob> {
	return await read(context, itemIndex, ENDPOINTS.getJob, jobPath(jobId));
}

/**
 * One page of the workspace's jobs, the newest first.
 *
 * @param query query fields of the list, such as `limit` and `cursor`
 */
export async function listJobs(
	context: RequestContext,
	itemIndex: number | undefined,
	query: IDataObject,
): Promise<Page<WireJob>> {
	return await readPage(context, itemIndex, ENDPOINTS.listJobs, '/jobs', query);
}

/**
 * The workspace's jobs, the newest first.
 *
 * @param wanted the most to return; Infinity for all
 * @param filters query fields of the list, such as `status`
 */
export async function getManyJobs(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: number,
	filters: IDataObject,
): Promise<WireJob[]> {
	return await readMany(context, itemIndex, ENDPOINTS.listJobs, '/jobs', wanted, filters);
}

/** Cancels a job that waits for its turn. */
export async function cancelJob(
	context: IExecuteFunctions,
	itemIndex: number,
	jobId: string,
	idempotencyKey: string | undefined,
): Promise<WireJob> {
	const { data } = await write(context, itemIndex, {
		endpoint: ENDPOINTS.cancelJob,
		path: `${jobPath(jobId)}/cancel`,
		idempotencyKey,
		lookup: 'Look with Job: Get whether it is cancelled',
	});
	return data;
}

/** One page of the workspace's projects. */
export async function listProjects(
	context: RequestContext,
	itemIndex: number | undefined,
	query: IDataObject,
): Promise<Page<WireProject>> {
	return await readPage(context, itemIndex, ENDPOINTS.listProjects, '/projects', query);
}

/** The workspace's projects. */
export async function getManyProjects(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: number,
): Promise<WireProject[]> {
	return await readMany(context, itemIndex, ENDPOINTS.listProjects, '/projects', wanted, {});
}

/** Reads a project. */
export async function getProject(
	context: IExecuteFunctions,
	itemIndex: number,
	projectId: string,
): Promise<WireProject> {
	const path = `/projects/${encodeURIComponent(projectId)}`;
	return await read(context, itemIndex, ENDPOINTS.getProject, path);
}

/** Reads the workspace that the key belongs to, and what the key may do. */
export async function getWorkspace(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<IDataObject> {
	// the one reply that Scripe does not wrap in `data`
	const { body } = await call(context, itemIndex, {
		endpoint: ENDPOINTS.getWorkspace,
		method: 'GET',
		path: '/workspaces/me',
		needs: ['workspace'],
	});
	return body;
}
