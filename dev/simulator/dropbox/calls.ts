import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ENDPOINTS, type Account } from './account';
import type { Metadata } from './files';
import { misunderstood, refused, Refusal } from './errors';
import { Argument } from './reading';

const METADATA_FIELDS = {
	path: 'string',
	include_media_info: 'boolean',
	include_deleted: 'boolean',
	include_has_explicit_shared_members: 'boolean',
	include_property_groups: 'any',
} as const;

const FOLDER_FIELDS = {
	...METADATA_FIELDS,
	recursive: 'boolean',
	include_mounted_folders: 'boolean',
	include_non_downloadable_files: 'boolean',
	limit: 'number',
	shared_link: 'any',
} as const;

const COMMIT_FIELDS = {
	path: 'string',
	mode: 'any',
	autorename: 'boolean',
	client_modified: 'string',
	mute: 'boolean',
	property_groups: 'any',
	strict_conflict: 'boolean',
	content_hash: 'string',
} as const;

/** The calls on api.dropboxapi.com: JSON in the body. */
export function useRemoteCalls(app: FastifyInstance, account: Account, origin: () => string): void {
	app.post(
		'/2/users/get_current_account',
		{ config: { endpoint: ENDPOINTS.account } },
		async ({ body }) => {
			if (body !== undefined && body !== '' && body !== 'null') {
				throw misunderstood('users/get_current_account', 'request body: expected null');
			}
			const name = { given_name: 'Simulator', surname: 'User', display_name: 'Simulator User' };
			return { account_id: account.settings.accountId, name, email: 'user@example.com' };
		},
	);
	app.post('/2/files/list_folder', { config: { endpoint: ENDPOINTS.list } }, async (request) => {
		const { path, recursive, limit } = folderIn(account, ENDPOINTS.list, request);
		return account.files.listFolder(path, recursive, limit);
	});
	app.post(
		'/2/files/list_folder/get_latest_cursor',
		{ config: { endpoint: ENDPOINTS.latestCursor } },
		async (request) => {
			const { path, recursive, limit } = folderIn(account, ENDPOINTS.latestCursor, request);
			return { cursor: account.files.latestCursor(path, recursive, limit) };
		},
	);
	app.post(
		'/2/files/list_folder/continue',
		{ config: { endpoint: ENDPOINTS.further } },
		async (request) => {
			const argument = bodyOf(account, ENDPOINTS.further, request, { cursor: 'string' });
			const page = account.files.further(argument.needed('cursor'));
			if (page) return page;
			throw misunderstood('files/list_folder/continue', 'cursor: Invalid "cursor" parameter');
		},
	);
	app.post(
		'/2/files/get_metadata',
		{ config: { endpoint: ENDPOINTS.metadata } },
		async (request) => {
			const argument = bodyOf(account, ENDPOINTS.metadata, request, METADATA_FIELDS);
			return account.files.find(argument.filePath()).metadata;
		},
	);
	app.post(
		'/2/files/get_temporary_link',
		{ config: { endpoint: ENDPOINTS.link } },
		async (request) => {
			const argument = bodyOf(account, ENDPOINTS.link, request, { path: 'string' });
			const { metadata } = account.files.findFile(argument.filePath());
			const id = metadata.rev ?? '';
			const expiresAt = Date.now() + account.settings.linkSeconds * 1000;
			account.links.set(id, { rev: id, expiresAt });
			return { metadata: untagged(metadata), link: `${origin()}/links/${id}` };
		},
	);
}

/** The calls on content.dropboxapi.com: JSON in a header, bytes in the body. */
export function useContentCalls(app: FastifyInstance, account: Account): void {
	app.post(
		'/2/files/download',
		{ config: { endpoint: ENDPOINTS.download } },
		async (request, reply) => {
			if (request.body !== undefined && (request.body as Buffer).length > 0) {
				throw misunderstood('files/download', 'request body: expected empty');
			}
			const argument = headerOf(account, ENDPOINTS.download, request, {
				path: 'string',
				rev: 'string',
			});
			const { metadata, bytes } = account.files.findFile(argument.filePath());
			account.tally.downloads += 1;
			account.tally.bytesDownloaded += bytes.length;
			return reply
				.header('dropbox-api-result', asciiJson(untagged(metadata)))
				.type('application/octet-stream')
				.send(bytes);
		},
	);
	app.post('/2/files/upload', { config: { endpoint: ENDPOINTS.upload } }, async (request) => {
		const type = request.headers['content-type'] ?? '';
		if (!/^(application\/octet-stream|text\/plain; charset=dropbox-cors-hack)$/.test(type)) {
			throw misunderstood('files/upload', `Bad HTTP "Content-Type" header: "${type}"`);
		}
		const argument = headerOf(account, ENDPOINTS.upload, request, COMMIT_FIELDS);
		const bytes = request.body as Buffer;
		const path = freePath(account, argument, bytes);
		account.tally.uploads += 1;
		account.tally.bytesUploaded += bytes.length;
		const metadata = account.files.write(path, bytes);
		account.changed();
		return untagged(metadata);
	});
}

/** What a temporary link leads to: needs no token. */
export function useLinks(app: FastifyInstance, account: Account): void {
	const config = { endpoint: ENDPOINTS.followLink };
	app.get<{ Params: { id: string } }>('/:id', { config }, async ({ params }, reply) => {
		const link = account.links.get(params.id);
		if (!link || Date.now() > link.expiresAt) throw new Refusal(410, 'This link has expired.');
		const { metadata, bytes } = account.files.findFile(`rev:${link.rev}`);
		const name = encodeURIComponent(metadata.name);
		return reply
			.header('content-disposition', `attachment; filename*=UTF-8''${name}`)
			.type('application/octet-stream')
			.send(bytes);
	});
}

function folderIn(account: Account, endpoint: string, request: FastifyRequest) {
	const argument = bodyOf(account, endpoint, request, FOLDER_FIELDS);
	const limit = argument.get<number>('limit');
	if (limit !== undefined && (limit < 1 || limit > 2000)) {
		throw misunderstood(endpoint, 'request body: limit: not within range (1, 2000)');
	}
	return {
		path: argument.folderPath(),
		recursive: argument.get<boolean>('recursive') ?? false,
		limit,
	};
}

function bodyOf(
	account: Account,
	endpoint: string,
	{ headers, body }: FastifyRequest,
	known: ConstructorParameters<typeof Argument>[3],
): Argument {
	const type = headers['content-type'] ?? '';
	if (!/^application\/json(; charset=(utf-8|dropbox-cors-hack))?$/i.test(type)) {
		throw misunderstood(endpoint, `Bad HTTP "Content-Type" header: "${type}"`);
	}
	return new Argument(account, endpoint, body, known);
}

function headerOf(
	account: Account,
	endpoint: string,
	{ headers, query }: FastifyRequest,
	known: ConstructorParameters<typeof Argument>[3],
): Argument {
	const { arg } = query as { arg?: unknown };
	// in the address in place of the header, where it may hold any character
	if (typeof arg === 'string') return new Argument(account, endpoint, arg, known);
	const text = headers['dropbox-api-arg'];
	if (typeof text !== 'string') {
		throw misunderstood(endpoint, 'Must provide HTTP header "Dropbox-API-Arg"');
	}
	// what is no ASCII has to be escaped
	if (/[^\x20-\x7e]/.test(text)) {
		throw misunderstood(endpoint, 'HTTP header "Dropbox-API-Arg": could not decode input as JSON');
	}
	return new Argument(account, endpoint, text, known);
}

/** Where a file goes: over another only where that is wanted, beside it where a new name is. */
function freePath(account: Account, argument: Argument, bytes: Buffer): string {
	const path = argument.filePath();
	const mode = argument.get<string | { '.tag'?: string }>('mode') ?? 'add';
	const modeName = typeof mode === 'string' ? mode : mode['.tag'];
	if (!account.files.has(path)) return path;
	const { metadata, bytes: there } = account.files.find(path);
	if (metadata['.tag'] === 'folder') throw refused('path/conflict/folder');
	if (modeName === 'overwrite' || there.equals(bytes)) return path;
	if (argument.get<boolean>('autorename') !== true) throw refused('path/conflict/file');
	const [, stem = path, extension = ''] = /^(.*?)(\.[^./]*)?$/.exec(path) ?? [];
	for (let number = 1; ; number++) {
		const candidate = `${stem} (${number})${extension}`;
		if (!account.files.has(candidate)) return candidate;
	}
}

/** Calls that give files only leave the tag away. */
function untagged(metadata: Metadata): object {
	return { ...metadata, '.tag': undefined };
}

function asciiJson(value: object): string {
	return JSON.stringify(value).replace(
		/[\u007f-\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
