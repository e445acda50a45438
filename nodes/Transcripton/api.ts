import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fileNameFrom } from './contentDisposition';
import { MultipartForm } from '../shared/http/multipart';
import type { OutputFile } from '../shared/operation/outputItems';
import { readPages } from '../shared/http/paging';
import type { Page } from '../shared/http/paging';
import type { RequestContext } from '../shared/core/provider';
import { clientOf } from '../shared/http/client';
import { JSON_HEADERS } from '../shared/http/apiCall';
import { frozen } from '../shared/core/frozen';
import type { ApiCall, Endpoint } from '../shared/http/apiCall';
import type { UploadFile } from '../shared/files/upload';
import { listIn, numberOf, objectOf, objectsOf } from '../shared/core/wireValues';
import { EXPORT_TYPES } from './formats';
import type { ExportFormat } from './formats';
import { transcripton } from './provider';

const api = clientOf(transcripton);

// the limits of the Transcripton API reference for its paid plans; where it names none, a modest one
const ENDPOINTS = frozen({
	start: { name: 'start a job', requestsPerMinute: 10 },
	get: { name: 'read a job', requestsPerMinute: 120 },
	list: { name: 'list jobs', requestsPerMinute: 60 },
	export: { name: 'export a job', requestsPerMinute: 60 },
	delete: { name: 'delete a job', requestsPerMinute: 60 },
	polish: { name: 'polish a job', requestsPerMinute: 20, countedAs: 'polish and summarize' },
	summarize: { name: 'summarize a job', requestsPerMinute: 20, countedAs: 'polish and summarize' },
	translate: { name: 'translate a transcription', requestsPerMinute: 60 },
	translations: { name: 'list translations', requestsPerMinute: 60 },
	deliveries: { name: 'list webhook deliveries', requestsPerMinute: 60 },
} satisfies Record<string, Endpoint>);

// no request names an earlier one, so a second one may be a second job
const SUBMIT: Omit<ApiCall, 'path'> = frozen<Omit<ApiCall, 'path'>>({
	endpoint: ENDPOINTS.start,
	method: 'POST',
	expects: 'json',
	needsText: ['id'],
	resendable: false,
	lookup: 'Look with Job: Get Many whether the job exists',
});

/** The most jobs in a page: the API reference names no maximum, and has 20 in its example. */
const PAGE_SIZE = 20;

/** A job's statuses (Transcripton API reference). */
export const STATUSES = [
	'analyzing',
	'diarizing',
	'done',
	'downloading',
	'extracting',
	'failed',
	'queued',
	'transcribing',
] as const;

/** A job as Transcripton writes it. */
export type WireJob = IDataObject;

/** What a job is started with, besides its recording. */
export interface JobSettings {
	diarize: boolean;
	/** Only for a URL. */
	language?: string;
}

/** Which of the account's jobs to list. */
interface JobsQuery extends IDataObject {
	page?: number;
	limit?: number;
}

function pathOf(jobId: string): string {
	return `/jobs/${encodeURIComponent(jobId)}`;
}

function translationsPath(transcriptionId: string, action: string): string {
	return `/transcriptions/${encodeURIComponent(transcriptionId)}/${action}`;
}

/**
 * Starts a job with a file, streamed as a multipart form. Not sent again when its reply gets lost.
 *
 * @returns the new job: its id and status
 */
export async function startWithFile(
	context: IExecuteFunctions,
	itemIndex: number,
	file: UploadFile,
	{ diarize }: JobSettings,
): Promise<WireJob> {
	const form = new MultipartForm();
	form.append('diarize', String(diarize));
	form.appendFile('file', file);
	const call = { ...SUBMIT, path: '/jobs', body: form };
	return await api.body<WireJob>(context, itemIndex, call);
}

/**
 * Starts a job with a link. Not sent again when its reply gets lost.
 *
 * @returns the new job: its id and status
 */
export async function startWithUrl(
	context: IExecuteFunctions,
	itemIndex: number,
	url: string,
	settings: JobSettings,
): Promise<WireJob> {
	const body = { url, ...settings };
	const call = { ...SUBMIT, path: '/jobs/from-url', headers: JSON_HEADERS, body };
	return await api.body<WireJob>(context, itemIndex, call);
}

/** Reads a job, with its transcription once it is done. */
export async function getJob(
	context: RequestContext,
	itemIndex: number | undefined,
	jobId: string,
): Promise<WireJob> {
	return await api.body<WireJob>(context, itemIndex, {
		endpoint: ENDPOINTS.get,
		method: 'GET',
		path: pathOf(jobId),
		expects: 'json',
		needs: ['status'],
	});
}

/**
 * One page of the account's jobs, the newest first, without their transcriptions.
 *
 * @param query query fields of the list; its pages count from 1
 */
export async function listJobs(
	context: RequestContext,
	itemIndex: number | undefined,
	{ page = 1, limit = PAGE_SIZE, ...filters }: JobsQuery = {},
): Promise<Page<WireJob>> {
	const reply = await api.body<IDataObject>(context, itemIndex, {
		endpoint: ENDPOINTS.list,
		method: 'GET',
		path: '/jobs',
		query: { page, limit, ...filters },
		expects: 'json',
		needs: ['jobs'],
		accepts: (body) => Array.isArray(objectOf(body).jobs),
	});
	const entries = objectsOf(reply.jobs) as WireJob[];
	const pageSize = numberOf(reply.limit) ?? entries.length;
	const isLast = entries.length === 0 || page * pageSize >= (numberOf(reply.total) ?? Infinity);
	return { entries, next: isLast ? undefined : String(page + 1) };
}

/**
 * The account's jobs, the newest first, without their transcriptions.
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
	const limit = Math.min(wanted, PAGE_SIZE);
	const known = new Set<unknown>();
	const reader = { context, provider: transcripton, itemIndex, wanted };
	return await readPages(reader, async (cursor) => {
		const query = { ...filters, limit, ...(cursor && { page: Number(cursor) }) };
		const page = await listJobs(context, itemIndex, query);
		// a job that was started since the last page moves one that was on it onto this one
		const entries = page.entries.filter(({ id }) => !known.has(id));
		for (const { id } of entries) known.add(id);
		// a page of nothing but known jobs would come for ever
		return { entries, next: entries.length > 0 ? page.next : undefined };
	});
}

/** Downloads a finished job as a file, under the name that Transcripton gives it. */
export async function exportJob(
	context: RequestContext,
	itemIndex: number | undefined,
	jobId: string,
	format: ExportFormat,
): Promise<OutputFile> {
	const { headers, body } = await api.reply<Buffer>(context, itemIndex, {
		endpoint: ENDPOINTS.export,
		method: 'GET',
		path: `${pathOf(jobId)}/export`,
		query: { format },
		expects: 'bytes',
	});
	return {
		name: fileNameFrom(headers) ?? `${jobId}.${format}`,
		mimeType: EXPORT_TYPES[format],
		bytes: Buffer.from(body),
	};
}

/** Deletes a job; one that is under way is stopped. */
export async function deleteJob(
	context: IExecuteFunctions,
	itemIndex: number,
	jobId: string,
): Promise<void> {
	await api.done(context, itemIndex, {
		endpoint: ENDPOINTS.delete,
		method: 'DELETE',
		path: pathOf(jobId),
		resendable: true,
		goneWhenMissing: true,
	});
}

/** Divides a finished job's text into paragraphs; a second time gives the first one's. */
export async function polishJob(
	context: IExecuteFunctions,
	itemIndex: number,
	jobId: string,
): Promise<IDataObject> {
	const call = improvement(ENDPOINTS.polish, `${pathOf(jobId)}/polish`);
	return await api.body<IDataObject>(context, itemIndex, call);
}

/** Summarizes a finished job; a second time gives the first one's summary, not charged again. */
export async function summarizeJob(
	context: IExecuteFunctions,
	itemIndex: number,
	jobId: string,
): Promise<IDataObject> {
	const call = improvement(ENDPOINTS.summarize, `${pathOf(jobId)}/summarize`);
	return await api.body<IDataObject>(context, itemIndex, call);
}

function improvement(endpoint: Endpoint, path: string): ApiCall {
	return { endpoint, method: 'POST', path, expects: 'json', resendable: true };
}

/** Translates a transcription; a second time gives the first one's, not charged again. */
export async function translate(
	context: IExecuteFunctions,
	itemIndex: number,
	transcriptionId: string,
	targetLanguage: string,
): Promise<IDataObject> {
	return await api.body<IDataObject>(context, itemIndex, {
		endpoint: ENDPOINTS.translate,
		method: 'POST',
		path: translationsPath(transcriptionId, 'translate'),
		headers: JSON_HEADERS,
		body: { target_lang: targetLanguage },
		expects: 'json',
		resendable: true,
	});
}

/** The translations that were made of a transcription. */
export async function getTranslations(
	context: IExecuteFunctions,
	itemIndex: number,
	transcriptionId: string,
): Promise<IDataObject[]> {
	const path = translationsPath(transcriptionId, 'translations');
	return await wholeList(context, itemIndex, ENDPOINTS.translations, path);
}

/** The attempts to deliver the account's webhooks. */
export async function getDeliveries(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<IDataObject[]> {
	const path = '/integrations/webhooks/deliveries';
	return await wholeList(context, itemIndex, ENDPOINTS.deliveries, path);
}

/** A list whose envelope is not documented; a reply without one is given as it is. */
async function wholeList(
	context: IExecuteFunctions,
	itemIndex: number,
	endpoint: Endpoint,
	path: string,
): Promise<IDataObject[]> {
	const call = { endpoint, method: 'GET', path, expects: 'json' } as const;
	const body = await api.body<IDataObject>(context, itemIndex, call);
	return (listIn(body) as IDataObject[] | undefined) ?? [body];
}
