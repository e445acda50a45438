import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { credentialOf } from '../shared/core/credential';
import { inputError } from '../shared/core/errors';
import { nextCursor, readPages } from '../shared/http/paging';
import type { Page } from '../shared/http/paging';
import type { RequestContext } from '../shared/core/provider';
import { clientOf } from '../shared/http/client';
import { JSON_HEADERS } from '../shared/http/apiCall';
import type { ApiCall, ApiReply, Endpoint } from '../shared/http/apiCall';
import { booleanOf, objectOf, objectsOf, textOf } from '../shared/core/wireValues';
import { scripe } from './provider';

const api = clientOf(scripe);

const LARGEST_PAGE = 200;
const VERSION = /^\d{4}-\d{2}-\d{2}$/;

/** A write's reply. */
export interface Written {
	data: IDataObject;
	/** Whether it is the reply to an earlier request with the same idempotency key. */
	replayed: boolean;
}

/**
 * Calls Scripe for a JSON reply, under the version that the credential names.
 *
 * @throws NodeOperationError where that version is no date, NodeApiError where the call fails
 */
export async function call(
	context: RequestContext,
	itemIndex: number | undefined,
	apiCall: Omit<ApiCall, 'expects'>,
): Promise<ApiReply<IDataObject>> {
	await checkVersion(context, itemIndex);
	return await api.reply(context, itemIndex, { ...apiCall, expects: 'json' });
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

/**
 * Reads one thing, which Scripe wraps in `data` (Scripe API reference).
 *
 * @throws as `call`, also where the reply holds nothing
 */
export async function read(
	context: RequestContext,
	itemIndex: number | undefined,
	endpoint: Endpoint,
	path: string,
): Promise<IDataObject> {
	const reply = await call(context, itemIndex, {
		endpoint,
		method: 'GET',
		path,
		needs: ['data'],
		accepts: holdsObject,
	});
	return dataOf(reply);
}

/**
 * Reads one page of a list.
 *
 * @param query query fields of the list, such as `limit` and `cursor`
 * @throws as `call`, also where the reply holds no list
 */
export async function readPage(
	context: RequestContext,
	itemIndex: number | undefined,
	endpoint: Endpoint,
	path: string,
	query: IDataObject,
): Promise<Page<IDataObject>> {
	const { body } = await call(context, itemIndex, {
		endpoint,
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

/**
 * Reads a list page by page, until it ends or has given enough.
 *
 * @param wanted the most to return; Infinity for all
 * @param filters query fields of the list, such as `status`
 * @throws as `readPage`
 */
export async function readMany(
	context: RequestContext,
	itemIndex: number,
	endpoint: Endpoint,
	path: string,
	wanted: number,
	filters: IDataObject,
): Promise<IDataObject[]> {
	const limit = Math.min(wanted, LARGEST_PAGE);
	return await readPages(
		{ context, provider: scripe, itemIndex, wanted },
		async (cursor) =>
			await readPage(context, itemIndex, endpoint, path, {
				...filters,
				limit,
				...(cursor && { cursor }),
			}),
	);
}

interface Write {
	endpoint: Endpoint;
	path: string;
	body?: IDataObject;
	/** Makes a second request with the same body give the first one's reply. */
	idempotencyKey: string | undefined;
	/** How to find out whether a request arrived whose reply got lost. */
	lookup: string;
}

/**
 * Makes or changes a thing; without an idempotency key it is not sent again when its reply gets lost.
 *
 * @throws as `call`, also where the reply holds no thing with an id
 */
export async function write(
	context: IExecuteFunctions,
	itemIndex: number,
	{ endpoint, path, body, idempotencyKey, lookup }: Write,
): Promise<Written> {
	const reply = await call(context, itemIndex, {
		endpoint,
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
