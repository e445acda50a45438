import type { IDataObject, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { JSON_HEADERS } from '../shared/http/apiCall';
import { frozen } from '../shared/core/frozen';
import type { ApiCall, ApiReply, Endpoint } from '../shared/http/apiCall';
import type { RequestContext } from '../shared/core/provider';
import { clientOf } from '../shared/http/client';
import { booleanOf, numberOf, objectsOf, textOf, unixSecondsOf } from '../shared/core/wireValues';
import { dropbox } from './provider';

const api = clientOf(dropbox);

// Dropbox names no numbers (its error is "too_many_requests"), so these are modest
const ENDPOINTS = frozen({
	list: { name: 'list a folder', requestsPerMinute: 120 },
	changes: { name: 'read the changes of a folder', requestsPerMinute: 120 },
	cursor: { name: 'begin to watch a folder', requestsPerMinute: 60 },
	link: { name: 'get a temporary link', requestsPerMinute: 120 },
	download: { name: 'download a file', requestsPerMinute: 120 },
} satisfies Record<string, Endpoint>);

const CONTENT_ADDRESS = 'https://content.dropboxapi.com/2';
const MOST_IN_PAGE = 2000;

const NEEDS_CURSOR = { needsText: ['cursor'] };
const NEEDS_LISTING = { needs: ['entries'], ...NEEDS_CURSOR };

/** A context in which a trigger runs: it can store files. */
export type TriggerContext = IPollFunctions | IWebhookFunctions;

/** A folder as Dropbox has it: the root is an empty text. */
export interface WatchedFolder {
	path: string;
	recursive: boolean;
}

/** A file or folder as Dropbox writes it; `.tag` says which, or `deleted`. */
export type WireEntry = Record<string, unknown>;

/** A part of a folder's contents or changes. */
export interface Listing {
	entries: WireEntry[];
	/** Leads to what comes next: the rest, then the changes. */
	cursor: string;
	hasMore: boolean;
}

async function rpc(
	context: RequestContext,
	endpoint: Endpoint,
	path: string,
	body: IDataObject,
	needs: Pick<ApiCall, 'needs' | 'needsText'>,
): Promise<ApiReply<IDataObject>> {
	return await api.reply<IDataObject>(context, undefined, {
		endpoint,
		method: 'POST',
		path,
		headers: JSON_HEADERS,
		body,
		expects: 'json',
		...needs,
		// each of these calls reads only
		resendable: true,
	});
}

function listingOf({ body }: ApiReply<IDataObject>): Listing {
	return {
		entries: objectsOf(body.entries),
		cursor: String(body.cursor),
		hasMore: booleanOf(body.has_more) ?? false,
	};
}

/** The first part of a folder's contents. */
export async function listFolder(context: RequestContext, folder: WatchedFolder): Promise<Listing> {
	const body = { ...folder, limit: MOST_IN_PAGE };
	return listingOf(await rpc(context, ENDPOINTS.list, '/files/list_folder', body, NEEDS_LISTING));
}

/**
 * What comes next: the rest of a folder's contents, or what changed since.
 *
 * @throws NodeApiError with the code `reset` where Dropbox has forgotten the cursor
 */
export async function listFurther(context: RequestContext, cursor: string): Promise<Listing> {
	const path = '/files/list_folder/continue';
	return listingOf(await rpc(context, ENDPOINTS.changes, path, { cursor }, NEEDS_LISTING));
}

/**
 * Where the changes of a folder begin from now on.
 *
 * @returns the cursor, and the time by Dropbox's clock in milliseconds since 1970
 */
export async function latestCursor(
	context: RequestContext,
	folder: WatchedFolder,
): Promise<{ cursor: string; now: number }> {
	const path = '/files/list_folder/get_latest_cursor';
	const { body, headers } = await rpc(context, ENDPOINTS.cursor, path, { ...folder }, NEEDS_CURSOR);
	const seconds = unixSecondsOf(headers.date);
	return { cursor: String(body.cursor), now: seconds === null ? Date.now() : seconds * 1000 };
}

/**
 * An address from which a file can be downloaded for four hours, without a credential.
 *
 * @param rev the file's revision: what was uploaded in the meantime is another one
 */
export async function temporaryLink(context: RequestContext, rev: string): Promise<string> {
	const body = { path: `rev:${rev}` };
	const path = '/files/get_temporary_link';
	const reply = await rpc(context, ENDPOINTS.link, path, body, { needsText: ['link'] });
	return String(reply.body.link);
}

/** What n8n can store as it comes. */
export type FileStream = Parameters<TriggerContext['helpers']['prepareBinaryData']>[0];

/** Opens a file's revision; its bytes come as they are read. */
export async function openFile(context: RequestContext, rev: string): Promise<FileStream> {
	const call: ApiCall = {
		endpoint: ENDPOINTS.download,
		method: 'POST',
		baseUrl: CONTENT_ADDRESS,
		path: '/files/download',
		headers: { 'Dropbox-API-Arg': headerJson({ path: `rev:${rev}` }) },
		expects: 'stream',
		resendable: true,
	};
	return await api.body<FileStream>(context, undefined, call);
}

/** JSON that a header can carry: what is no ASCII is escaped (Dropbox, JSON encoding). */
function headerJson(value: IDataObject): string {
	return JSON.stringify(value).replace(
		/[\u007f-\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** A file in a listing. */
export interface DropboxFile {
	id: string;
	name: string;
	/** As a user sees it. */
	path: string;
	rev: string;
	size: number;
	/** Null where Dropbox gives none. */
	contentHash: string | null;
	clientModified: string | null;
	serverModified: string | null;
}

/** The file of an entry; undefined where it is a folder, a deletion, or cannot be downloaded. */
export function fileOf(entry: WireEntry): DropboxFile | undefined {
	const id = textOf(entry.id);
	const rev = textOf(entry.rev);
	if (entry['.tag'] !== 'file' || id === null || rev === null) return undefined;
	if (booleanOf(entry.is_downloadable) === false) return undefined;
	const name = textOf(entry.name) ?? '';
	return {
		id,
		name,
		path: textOf(entry.path_display) ?? textOf(entry.path_lower) ?? `/${name}`,
		rev,
		size: numberOf(entry.size) ?? 0,
		contentHash: textOf(entry.content_hash),
		clientModified: textOf(entry.client_modified),
		serverModified: textOf(entry.server_modified),
	};
}
