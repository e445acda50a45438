import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { baseUrlOf } from '../shared/http/baseUrl';
import { MultipartForm } from '../shared/http/multipart';
import type { OutputFile } from '../shared/operation/outputItems';
import type { RequestContext } from '../shared/core/provider';
import { clientOf } from '../shared/http/client';
import { JSON_HEADERS } from '../shared/http/apiCall';
import { frozen } from '../shared/core/frozen';
import type { ApiCall, Endpoint } from '../shared/http/apiCall';
import type { UploadFile } from '../shared/files/upload';
import { booleanOf, objectOf, objectsOf, textOf } from '../shared/core/wireValues';
import { EXPORT_TYPES } from './formats';
import type { ExportFormat } from './formats';
import { whipscribe } from './provider';

const api = clientOf(whipscribe);

// Whipscribe documents no limits, so these are modest; a job is looked at every 3 seconds
const ENDPOINTS = frozen({
	transcribe: { name: 'start a transcription', requestsPerMinute: 60 },
	get: { name: 'read a job', requestsPerMinute: 120 },
	list: { name: 'list jobs', requestsPerMinute: 60 },
	result: { name: 'read a transcript', requestsPerMinute: 120 },
	audio: { name: 'get the address of the recording', requestsPerMinute: 60 },
	claim: { name: 'claim jobs', requestsPerMinute: 60 },
	delete: { name: 'delete a job', requestsPerMinute: 60 },
	account: { name: 'read the account', requestsPerMinute: 60 },
} satisfies Record<string, Endpoint>);

/** The most jobs that Whipscribe lists: there is no further page (Whipscribe API docs). */
export const MOST_LISTED = 100;

/** Where a recording is said to come from (Whipscribe API docs). */
export type RecordingSource = 'upload' | 'url' | 'recording' | 'api';

/** What a job is started with, besides its recording; what is left out is Whipscribe's to choose. */
export interface JobSettings {
	language?: string;
	diarize?: boolean;
	word_timestamps?: boolean;
	source: RecordingSource;
}

/** A job as Whipscribe writes it. */
export type WireJob = IDataObject;

/** A transcript as Whipscribe writes it. */
export type WireResult = IDataObject;

/** A job that was started. */
export interface StartedJob {
	job: WireJob;
	/** Proof that the job is ours; undefined where it belongs to a user. */
	claimToken: string | undefined;
	/** Whether it is the job of an earlier request with the same idempotency key. */
	replayed: boolean;
}

/** A job to read, and the token that it may need. */
export interface JobReference {
	jobId: string;
	claimToken?: string;
}

function jobCall({ jobId, claimToken }: JobReference, path = '') {
	return {
		path: `/jobs/${encodeURIComponent(jobId)}${path}`,
		...(claimToken && { headers: { 'X-Claim-Token': claimToken }, secrets: [claimToken] }),
	};
}

async function start(
	context: IExecuteFunctions,
	itemIndex: number,
	call: Pick<ApiCall, 'path' | 'body' | 'headers'>,
	idempotencyKey: string | undefined,
): Promise<StartedJob> {
	const { body, headers } = await api.reply<WireJob>(context, itemIndex, {
		...call,
		endpoint: ENDPOINTS.transcribe,
		method: 'POST',
		headers: { ...call.headers, ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }) },
		expects: 'json',
		needsText: ['job_id'],
		resendable: idempotencyKey !== undefined,
		lookup: 'Look with Job: Get Many whether the job exists',
	});
	return {
		job: body,
		claimToken: textOf(body.claim_token) ?? undefined,
		replayed: booleanOf(headers['x-idempotent-replay']) ?? false,
	};
}

/**
 * Starts a job with a file, streamed as a multipart form.
 *
 * @param idempotencyKey makes a second request give the first one's job; without it a request whose
 * reply got lost is not sent again
 */
export async function startWithFile(
	context: IExecuteFunctions,
	itemIndex: number,
	file: UploadFile,
	settings: JobSettings,
	idempotencyKey: string | undefined,
): Promise<StartedJob> {
	const form = new MultipartForm();
	// the fields first, so that the server knows them before the file has come
	for (const [name, value] of Object.entries(settings)) form.append(name, String(value));
	form.appendFile('file', file);
	const call = { path: '/transcribe', body: form };
	return await start(context, itemIndex, call, idempotencyKey);
}

/** Starts a job with a link. For the idempotency key see `startWithFile`. */
export async function startWithUrl(
	context: IExecuteFunctions,
	itemIndex: number,
	url: string,
	settings: JobSettings,
	idempotencyKey: string | undefined,
): Promise<StartedJob> {
	const call = { path: '/transcribe/url', headers: JSON_HEADERS, body: { url, ...settings } };
	return await start(context, itemIndex, call, idempotencyKey);
}

/** Reads where a job stands, without its transcript. */
export async function getJob(
	context: RequestContext,
	itemIndex: number | undefined,
	reference: JobReference,
): Promise<WireJob> {
	return await api.body<WireJob>(context, itemIndex, {
		...jobCall(reference),
		endpoint: ENDPOINTS.get,
		method: 'GET',
		expects: 'json',
		needs: ['status'],
	});
}

/**
 * The account's jobs, the newest first, without their transcripts.
 *
 * @param query.limit the most to return, from 1 to 100
 */
export async function listJobs(
	context: RequestContext,
	itemIndex: number | undefined,
	query: { limit: number },
): Promise<WireJob[]> {
	const body = await api.body<unknown>(context, itemIndex, {
		endpoint: ENDPOINTS.list,
		method: 'GET',
		path: '/jobs',
		query,
		expects: 'json',
		accepts: (reply) => Array.isArray(rowsIn(reply)),
	});
	return objectsOf(rowsIn(body)) as WireJob[];
}

/** The docs show a bare list, the service was seen to answer `{ jobs: [...] }`. */
function rowsIn(body: unknown): unknown {
	return Array.isArray(body) ? body : objectOf(body).jobs;
}

/** Reads a finished job's transcript. */
export async function getResult(
	context: RequestContext,
	itemIndex: number | undefined,
	reference: JobReference,
): Promise<WireResult> {
	return await api.body<WireResult>(context, itemIndex, {
		...jobCall(reference, '/result'),
		endpoint: ENDPOINTS.result,
		method: 'GET',
		query: { format: 'json' },
		expects: 'json',
		needs: ['text'],
	});
}

/** Downloads a finished job's transcript as a file. */
export async function exportResult(
	context: RequestContext,
	itemIndex: number | undefined,
	reference: JobReference,
	format: ExportFormat,
): Promise<OutputFile> {
	const bytes = await api.body<Buffer>(context, itemIndex, {
		...jobCall(reference, '/result'),
		endpoint: ENDPOINTS.result,
		method: 'GET',
		query: { format },
		expects: 'bytes',
	});
	return {
		name: `${reference.jobId}.${format}`,
		mimeType: EXPORT_TYPES[format],
		bytes: Buffer.from(bytes),
	};
}

/**
 * Where a job's recording can be downloaded for a while.
 *
 * @returns the reply, its `url` made absolute: for storage on disk it is a path below `/api`
 */
export async function getAudioUrl(
	context: IExecuteFunctions,
	itemIndex: number,
	reference: JobReference,
): Promise<IDataObject> {
	const body = await api.body<IDataObject>(context, itemIndex, {
		...jobCall(reference, '/audio/url'),
		endpoint: ENDPOINTS.audio,
		method: 'GET',
		expects: 'json',
		needsText: ['url'],
	});
	const baseUrl = await baseUrlOf(context, whipscribe, itemIndex);
	return { ...body, url: absoluteUrl(String(body.url), baseUrl) };
}

/** An address in a reply, in full; a path stands below the API's `/api` (Whipscribe API docs). */
function absoluteUrl(url: string, baseUrl: string): string {
	if (URL.canParse(url)) return url;
	const path = url.startsWith('/') ? url : `/${url}`;
	const apiUrl = baseUrl.replace(/\/v\d+$/, '');
	return path.startsWith('/api/') ? apiUrl.replace(/\/api$/, '') + path : apiUrl + path;
}

/**
 * Hands jobs that were started without a user over to the user of the credential.
 *
 * @returns how many it were
 */
export async function claimJobs(
	context: IExecuteFunctions,
	itemIndex: number,
	claimTokens: string[],
): Promise<IDataObject> {
	return await api.body<IDataObject>(context, itemIndex, {
		endpoint: ENDPOINTS.claim,
		method: 'POST',
		path: '/jobs/claim',
		headers: JSON_HEADERS,
		body: { claim_tokens: claimTokens },
		expects: 'json',
		needs: ['claimed'],
		secrets: claimTokens,
		// whoever has the jobs already keeps them
		resendable: true,
	});
}

/** Cancels a job that runs, or removes one that ended. */
export async function deleteJob(
	context: IExecuteFunctions,
	itemIndex: number,
	reference: JobReference,
): Promise<void> {
	await api.done(context, itemIndex, {
		...jobCall(reference),
		endpoint: ENDPOINTS.delete,
		method: 'DELETE',
		resendable: true,
		goneWhenMissing: true,
	});
}

/** The account that the credential stands for. */
export async function getAccount(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<IDataObject> {
	return await api.body<IDataObject>(context, itemIndex, {
		endpoint: ENDPOINTS.account,
		method: 'GET',
		path: '/me',
		expects: 'json',
	});
}
