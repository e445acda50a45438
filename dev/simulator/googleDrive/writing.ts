import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Account } from './account';
import { ENDPOINTS } from './endpoints';
import { invalidParameter, Refusal } from './errors';
import { withFields } from './fields';
import { FILE_FIELDS, type DriveFile, shownFile, USUAL_FIELDS } from './files';
import { jsonOf } from './requests';
import type { Metadata } from './uploadSessions';

/** Where the API is for its callers; a session's address begins with it. */
const ORIGIN = 'https://www.googleapis.com';

type Query = Record<string, string>;

/** files.create with and without bytes, and files.update. */
export function useWriting(app: FastifyInstance, account: Account): void {
	app.post<{ Querystring: Query }>('/drive/v3/files', {
		config: { endpoint: ENDPOINTS.create },
		handler: async ({ body, query }) => {
			const file = addFile(account, jsonOf<Metadata>(body), null, Buffer.alloc(0));
			return shown(file, query);
		},
	});

	app.post<{ Querystring: Query }>('/upload/drive/v3/files', {
		config: { endpoint: ENDPOINTS.startUpload },
		handler: async (request, reply) => {
			switch (String(request.query.uploadType)) {
				case 'resumable':
					return await openSession(account, request, reply);
				case 'multipart':
					return shown(addMultipart(account, request), request.query);
				case 'media':
					return shown(addMedia(account, request), request.query);
				default:
					throw invalidParameter('uploadType', 'There is no such upload type.');
			}
		},
	});

	app.put<{ Querystring: Query }>('/upload/drive/v3/files', {
		config: { endpoint: ENDPOINTS.sendChunk },
		handler: async ({ body, headers, query }, reply) => {
			const chunk = (body as Buffer | undefined) ?? Buffer.alloc(0);
			const taken = account.uploads.take(query.upload_id ?? '', headers['content-range'], chunk);
			if ('receivedBytes' in taken) {
				return await reply
					.code(308)
					.header('range', `bytes=0-${taken.receivedBytes - 1}`)
					.send();
			}
			const { metadata, mimeType, received } = taken.whole;
			return shown(addFile(account, metadata, mimeType, received), query);
		},
	});

	app.patch<{ Params: { id: string }; Querystring: Query }>('/drive/v3/files/:id', {
		config: { endpoint: ENDPOINTS.update },
		handler: async ({ params, body, query }) => {
			const file = account.files.find(params.id);
			const changes = jsonOf<Metadata & Partial<DriveFile>>(body);
			if (changes.parents !== undefined) {
				const words =
					'The parents field is not directly writable in update requests. Use the addParents and removeParents parameters instead.';
				throw new Refusal(403, 'fieldNotWritable', words);
			}
			account.files.move(file, idsOf(query.addParents), idsOf(query.removeParents));
			const { name, mimeType, appProperties, trashed } = changes;
			if (name !== undefined) file.name = name;
			if (mimeType !== undefined) file.mimeType = mimeType;
			if (trashed !== undefined) file.trashed = trashed;
			Object.assign(file.appProperties, appProperties);
			if (Object.keys(changes).length > 0) file.modifiedTime = new Date().toISOString();
			return shown(file, query);
		},
	});
}

async function openSession(
	account: Account,
	{ body, headers }: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply> {
	const metadata = jsonOf<Metadata>(body);
	parentOf(account, metadata);
	const mimeType = headers['x-upload-content-type'];
	const id = account.uploads.open(metadata, typeof mimeType === 'string' ? mimeType : null);
	const address = `${ORIGIN}/upload/drive/v3/files?uploadType=resumable&upload_id=${id}`;
	return await reply.header('location', address).send();
}

/** A body of two parts, the metadata as JSON and the bytes (RFC 2387). */
function addMultipart(account: Account, { body, headers }: FastifyRequest): DriveFile {
	const type = headers['content-type'] ?? '';
	const boundary = /^multipart\/related;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
	const text = (body as Buffer | undefined)?.toString('latin1') ?? '';
	const parts = boundary === undefined ? [] : text.split(`--${boundary}`).slice(1, -1);
	if (parts.length !== 2) {
		throw new Refusal(400, 'badContent', 'Malformed multipart body.');
	}
	const [metadata, media] = parts.map(partOf);
	if (!metadata!.type?.startsWith('application/json')) {
		throw new Refusal(400, 'badContent', 'The first part has to be the metadata as JSON.');
	}
	const json = Buffer.from(metadata!.content, 'latin1').toString('utf8');
	const bytes = Buffer.from(media!.content, 'latin1');
	return addFile(account, jsonOf<Metadata>(json), media!.type, bytes);
}

function partOf(part: string): { type: string | null; content: string } {
	const end = part.indexOf('\r\n\r\n');
	const type = /^content-type:\s*(.+)$/im.exec(part.slice(0, end))?.[1]?.trim() ?? null;
	return { type, content: part.slice(end + 4, -2) };
}

function addMedia(account: Account, { body, headers }: FastifyRequest): DriveFile {
	const bytes = (body as Buffer | undefined) ?? Buffer.alloc(0);
	return addFile(account, {}, headers['content-type'] ?? null, bytes);
}

function addFile(
	account: Account,
	metadata: Metadata,
	mimeType: string | null,
	bytes: Buffer,
): DriveFile {
	if (metadata.id !== undefined) {
		account.files.checkIdIsFree(metadata.id, metadata.mimeType ?? '');
	}
	const file = account.files.add({
		id: metadata.id,
		name: metadata.name ?? 'Untitled',
		parent: parentOf(account, metadata),
		mimeType: metadata.mimeType ?? mimeType ?? undefined,
		bytes,
	});
	Object.assign(file.appProperties, metadata.appProperties);
	if (bytes.length > 0) account.uploads.finished += 1;
	return file;
}

function parentOf(account: Account, { parents = [] }: Metadata): string | undefined {
	if (parents.length > 1) {
		throw new Refusal(403, 'cannotAddParent', 'Increasing the number of parents is not allowed');
	}
	return parents[0] === undefined ? undefined : account.files.find(parents[0]).id;
}

function shown(file: DriveFile, { fields }: Query): object {
	return withFields(shownFile(file), fields ?? USUAL_FIELDS, { '': FILE_FIELDS });
}

function idsOf(list: string | undefined): string[] {
	return (list ?? '').split(',').filter((id) => id !== '');
}
