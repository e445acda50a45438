import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { OutputFile } from '../shared/operation/outputItems';
import { nextCursor, readPages } from '../shared/http/paging';
import type { Page } from '../shared/http/paging';
import { uploadPresigned } from '../shared/http/presignedUpload';
import type { RequestContext } from '../shared/core/provider';
import { clientOf } from '../shared/http/client';
import { JSON_HEADERS } from '../shared/http/apiCall';
import { frozen } from '../shared/core/frozen';
import type { Endpoint } from '../shared/http/apiCall';
import { extensionOf } from '../shared/files/fileName';
import type { UploadFile } from '../shared/files/upload';
import { booleanOf, objectOf, objectsOf, textOf } from '../shared/core/wireValues';
import { mimeTypeOf } from './files';
import { EXPORT_TYPES } from './formats';
import type { ExportFormat } from './formats';
import { scriptivox } from './provider';

const api = clientOf(scriptivox);

// a little below the limits a minute and key of the Scriptivox API reference
const ENDPOINTS = frozen({
	createUpload: { name: 'upload a file', requestsPerMinute: 50 },
	transcribe: { name: 'start a transcription', requestsPerMinute: 50 },
	get: { name: 'read a transcription', requestsPerMinute: 150 },
	cancel: { name: 'cancel a transcription', requestsPerMinute: 25 },
	delete: { name: 'delete a transcription', requestsPerMinute: 25 },
	list: { name: 'list transcriptions', requestsPerMinute: 50 },
	balance: { name: 'read the balance', requestsPerMinute: 80 },
} satisfies Record<string, Endpoint>);

const LARGEST_PAGE = 200;

const WIRE_FORMATS: Record<ExportFormat, string> = { srt: 'srt', vtt: 'vtt', txt: 'text' };

/** What `POST /transcribe` takes besides its idempotency key. */
export interface TranscribeBody {
	upload_id?: string;
	url?: string;
	language?: string;
	diarize: boolean;
	speaker_count?: number;
	align: boolean;
	webhook_url?: string;
}

/** A transcription as Scriptivox writes it. */
export type WireTranscription = IDataObject;

function pathOf(transcriptionId: string): string {
	return `/transcribe/${encodeURIComponent(transcriptionId)}`;
}

/**
 * Uploads a file: asks for a presigned address and puts the bytes there, streamed. Where that goes
 * wrong a new address is asked for, because an address can be used only once.
 *
 * @returns the upload's id, good for one transcription
 * @throws NodeApiError where it cannot be uploaded
 */
export async function uploadFile(
	context: IExecuteFunctions,
	itemIndex: number,
	file: UploadFile,
): Promise<string> {
	const mint = async () => await createUpload(context, itemIndex, file.name);
	return await uploadPresigned(context, itemIndex, file, mint);
}

async function createUpload(context: IExecuteFunctions, itemIndex: number, fileName: string) {
	const body = await api.body<IDataObject>(context, itemIndex, {
		endpoint: ENDPOINTS.createUpload,
		method: 'POST',
		path: '/upload',
		headers: JSON_HEADERS,
		body: { filename: fileName },
		expects: 'json',
		needsText: ['upload_id', 'upload_url'],
		// an upload that nobody uses costs nothing
		resendable: true,
	});
	const signedType = textOf(objectOf(body.headers)['Content-Type']);
	return {
		upload: String(body.upload_id),
		target: {
			url: String(body.upload_url),
			contentType: signedType ?? mimeTypeOf(extensionOf(fileName)),
		},
	};
}

/**
 * Starts a transcription.
 *
 * @param idempotencyKey makes a second request with the same body give the first one's job; without
 * it a request whose reply got lost is not sent again
 * @returns the new job, and whether it is the one of an earlier request
 */
export async function startTranscription(
	context: IExecuteFunctions,
	itemIndex: number,
	body: TranscribeBody,
	idempotencyKey: string | undefined,
): Promise<{ transcription: WireTranscription; replayed: boolean }> {
	const reply = await api.reply<WireTranscription>(context, itemIndex, {
		endpoint: ENDPOINTS.transcribe,
		method: 'POST',
		path: '/transcribe',
		headers: { ...JSON_HEADERS, ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }) },
		body,
		expects: 'json',
		needsText: ['id'],
		resendable: idempotencyKey !== undefined,
		lookup: 'Look with Transcription: Get Many whether the job exists',
	});
	return {
		transcription: reply.body,
		replayed: booleanOf(reply.headers['idempotent-replay']) ?? false,
	};
}

/** Reads a transcription, with its result once it is completed. */
export async function getTranscription(
	context: RequestContext,
	itemIndex: number | undefined,
	transcriptionId: string,
): Promise<WireTranscription> {
	return await api.body<WireTranscription>(context, itemIndex, {
		endpoint: ENDPOINTS.get,
		method: 'GET',
		path: pathOf(transcriptionId),
		expects: 'json',
		needs: ['status'],
	});
}

/**
 * Downloads a completed transcription as a file.
 *
 * @param settings query fields of the export, such as `max_words`
 */
export async function exportTranscription(
	context: RequestContext,
	itemIndex: number | undefined,
	transcriptionId: string,
	format: ExportFormat,
	settings: IDataObject = {},
): Promise<OutputFile> {
	const bytes = await api.body<Buffer>(context, itemIndex, {
		endpoint: ENDPOINTS.get,
		method: 'GET',
		path: pathOf(transcriptionId),
		query: { format: WIRE_FORMATS[format], ...settings },
		expects: 'bytes',
	});
	return {
		name: `${transcriptionId}.${format}`,
		mimeType: EXPORT_TYPES[format],
		bytes: Buffer.from(bytes),
	};
}

/** Cancels a transcription that has not ended; doing so twice changes nothing. */
export async function cancelTranscription(
	context: IExecuteFunctions,
	itemIndex: number,
	transcriptionId: string,
): Promise<WireTranscription> {
	return await api.body<WireTranscription>(context, itemIndex, {
		endpoint: ENDPOINTS.cancel,
		method: 'POST',
		path: `${pathOf(transcriptionId)}/cancel`,
		expects: 'json',
		resendable: true,
	});
}

/** Deletes a transcription that has ended; doing so twice changes nothing. */
export async function deleteTranscription(
	context: IExecuteFunctions,
	itemIndex: number,
	transcriptionId: string,
): Promise<void> {
	await api.done(context, itemIndex, {
		endpoint: ENDPOINTS.delete,
		method: 'DELETE',
		path: pathOf(transcriptionId),
		resendable: true,
	});
}

/** One page of the account's transcriptions, without their results. */
export async function listTranscriptions(
	context: RequestContext,
	itemIndex: number | undefined,
	query: IDataObject,
): Promise<Page<WireTranscription>> {
	const { items, has_more, next_cursor } = await api.body<IDataObject>(context, itemIndex, {
		endpoint: ENDPOINTS.list,
		method: 'GET',
		path: '/transcriptions',
		query,
		expects: 'json',
		needs: ['items'],
	});
	return {
		entries: objectsOf(items) as WireTranscription[],
		next: nextCursor(has_more, next_cursor),
	};
}

/**
 * The account's transcriptions, without their results.
 *
 * @param wanted the most to return; Infinity for all
 * @param filters query fields of the list, such as `status`
 */
export async function getManyTranscriptions(
	context: IExecuteFunctions,
	itemIndex: number,
	wanted: number,
	filters: IDataObject,
): Promise<WireTranscription[]> {
	const limit = Math.min(wanted, LARGEST_PAGE);
	return await readPages(
		{ context, provider: scriptivox, itemIndex, wanted },
		async (cursor) =>
			await listTranscriptions(context, itemIndex, {
				...filters,
				limit,
				...(cursor && { cursor }),
			}),
	);
}

/** The account's balance. */
export async function getBalance(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<IDataObject> {
	return await api.body<IDataObject>(context, itemIndex, {
		endpoint: ENDPOINTS.balance,
		method: 'GET',
		path: '/balance',
		expects: 'json',
	});
}
