import { randomUUID } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { credentialOf } from '../shared/core/credential';
import { inputError } from '../shared/core/errors';
import { nextCursor, readPages } from '../shared/http/paging';
import type { Page } from '../shared/http/paging';
import { uploadPresigned } from '../shared/http/presignedUpload';
import type { RequestContext } from '../shared/core/provider';
import { clientOf } from '../shared/http/client';
import { JSON_HEADERS } from '../shared/http/apiCall';
import type { ApiCall, ApiReply, Endpoint } from '../shared/http/apiCall';
import type { UploadFile } from '../shared/files/upload';
import { booleanOf, objectOf, objectsOf, textOf } from '../shared/core/wireValues';
import { scripe } from './provider';

const api = clientOf(scripe);

/** The vendor documents no limit for an endpoint, only 120 as an example: half of that is modest. */
const REQUESTS_PER_MINUTE = 60;

const LARGEST_PAGE = 200;
const VERSION = /^\d{4}-\d{2}-\d{2}$/;

/** Milliseconds for which a generation's request waits for its job (Scripe API reference). */
const LONGEST_WAIT_FOR_COMPLETION = 25_000;

/** A source as Scripe writes it. */
export type WireSource = IDataObject;

/** A job as Scripe writes it. */
export type WireJob = IDataObject;

/** A post, note or project as Scripe writes it. */
export type WireRow = IDataObject;

/** What `POST /sources` takes, for a text or for an upload. */
export interface SourceBody {
	type: 'text' | 'file';
	projectId: string;
	text?: string;
	uploadId?: string;
	name?: string;
}

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

/** A write's reply. */
export interface Written {
	data: IDataObject;
	/** Whether it is the reply to an earlier request with the same idempotency key. */
	replayed: boolean;
}

type Call = Omit<ApiCall, 'endpoint' | 'expects'> & { name: string };

async function call(
	context: RequestContext,
	itemIndex: number | undefined,
	{ name, ...rest }: Call,
): Promise<ApiReply<IDataObject>> {
	const endpoint: Endpoint = { name, requestsPerMinute: REQUESTS_PER_MINUTE };
	await checkVersion(context, itemIndex);
	return await api.reply(context, itemIndex, { ...rest, endpoint, expects: 'json' });
}

/** An empty version would not be refused: it would mean whichever is the latest. */
async function checkVersion(context: RequestContext, itemIndex: number | undefined): Promise<void> {
	const { apiVersion } = await credentialOf(context, scripe, itemIndex);
	if (VERSION.test(String(apiVersion))) return;
	throw inputError(context.getNode(), 'The API Version of the Scripe credential is not a date', {
		description: 'Open the credential and enter a version such as 2026-08-01.',
	});
}

function holdsObject(body: unknown): boolean {
	return Object.keys(objectOf(objectOf(body).data)).length > 0;
}

function holdsThing(body: unknown): boolean {
	return textOf(objectOf(objectOf(body).data).id) !== null;
}

function holdsList(body: unknown): boolean {
	return Array.isArray(objectOf(body).data);
}

function dataOf({ body }: ApiReply<IDataObject>): IDataObject {
	return body.data as IDataObject;
}

async function read(
	context: RequestContext,
	itemIndex: number | undefined,
	name: string,
	path: string,
): Promise<IDataObject> {
	const reply = await call(context, itemIndex, {
		name,
		method: 'GET',
		path,
		needs: ['data'],
		accepts: holdsObject,
	});
	return dataOf(reply);
}

async function readPage(
	context: RequestContext,
	itemIndex: number | undefined,
	name: string,
	path: string,
	query: IDataObject,
): Promise<Page<IDataObject>> {
	const { body } = await call(context, itemIndex, {
		name,
		method: 'GET',
		path,
		query,
		needs: ['data'],
		accepts: holdsList,
	});
	const { next_cursor, has_more } = objectOf(body.pagination);
	return {
		entries: objectsOf(body.data) as IDataObject[],
		next: nextCursor(has_more, next_cursor),
	};
}

async function readMany(
	context: RequestContext,
	itemIndex: number,
	name: string,
	path: string,
	wanted: number,
	filters: IDataObject,
): Promise<IDataObject[]> {
	const limit = Math.min(wanted, LARGEST_PAGE);
	return await readPages(
		{ context, provider: scripe, itemIndex, wanted },
		async (cursor) =>
			await readPage(context, itemIndex, name, path, {
				...filters,
				limit,
				...(cursor && { cursor }),
			}),
	);
}

interface Write {
	name: string;
	path: string;
	body?: IDataObject;
	/** Makes a second request with the same body give the first one's reply. */
	idempotencyKey: string | undefined;
	lookup: string;
}

async function write(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, path, body, idempotencyKey, lookup }: Write,
): Promise<Written> {
	const reply = await call(context, itemIndex, {
		name,
		method: 'POST',
		path,
		headers: {
			...(body && JSON_HEADERS),
			...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
		},
		body,
		needs: ['data'],
		accepts: holdsThing,
		resendable: idempotencyKey !== undefined,
		lookup,
	});
	const replayed = booleanOf(reply.headers['idempotent-replayed']) ?? false;
	return { data: dataOf(reply), replayed };
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
		name: 'create a source',
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
	return await read(context, itemIndex, 'read a source', path);
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
		name: 'upload a file',
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
	return await read(context, itemIndex, 'read a job', jobPath(jobId));
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
	return await readPage(context, itemIndex, 'list jobs', '/jobs', query);
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
	return await readMany(context, itemIndex, 'list jobs', '/jobs', wanted, filters);
}

/** Cancels a job that waits for its turn. */
export async function cancelJob(
	context: IExecuteFunctions,
	itemIndex: number,
	jobId: string,
	idempotencyKey: string | undefined,
): Promise<WireJob> {
	const { data } = await write(context, itemIndex, {
		name: 'cancel a job',
		path: `${jobPath(jobId)}/cancel`,
		idempotencyKey,
		lookup: 'Look with Job: Get whether it is cancelled',
	});
	return data;
}

/** Makes a draft, or a post for a time to come. */
export async function createPost(
	context: IExecuteFunctions,
	itemIndex: number,
	body: PostBody,
	idempotencyKey: string | undefined,
): Promise<Written> {
	return await write(context, itemIndex, {
		name: 'create a post',
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
		name: 'generate a post',
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
): Promise<Page<WireRow>> {
	return await readPage(context, itemIndex, 'list posts', '/posts', query);
}

/** A project's posts. */
export async function getManyPosts(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: number,
	filters: IDataObject,
): Promise<WireRow[]> {
	return await readMany(context, itemIndex, 'list posts', '/posts', wanted, filters);
}

/** A project's notes. */
export async function getManyNotes(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: number,
	filters: IDataObject,
): Promise<WireRow[]> {
	return await readMany(context, itemIndex, 'list notes', '/notes', wanted, filters);
}

/** One page of the workspace's projects. */
export async function listProjects(
	context: RequestContext,
	itemIndex: number | undefined,
	query: IDataObject,
): Promise<Page<WireRow>> {
	return await readPage(context, itemIndex, 'list projects', '/projects', query);
}

/** The workspace's projects. */
export async function getManyProjects(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: number,
): Promise<WireRow[]> {
	return await readMany(context, itemIndex, 'list projects', '/projects', wanted, {});
}

/** Reads a project. */
export async function getProject(
	context: IExecuteFunctions,
	itemIndex: number,
	projectId: string,
): Promise<WireRow> {
	const path = `/projects/${encodeURIComponent(projectId)}`;
	return await read(context, itemIndex, 'read a project', path);
}

/** Reads the workspace that the key belongs to, and what the key may do. */
export async function getWorkspace(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<IDataObject> {
	// the one reply that Scripe does not wrap in `data`
	const { body } = await call(context, itemIndex, {
		name: 'read the workspace',
		method: 'GET',
		path: '/workspaces/me',
		needs: ['workspace'],
	});
	return body;
}
