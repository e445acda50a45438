import { createHash, randomBytes } from 'node:crypto';
import { refused } from './errors';

const BLOCK_BYTES = 4 * 1024 * 1024;

/** A file or folder as Dropbox describes it. */
export interface Metadata {
	'.tag': 'file' | 'folder' | 'deleted';
	name: string;
	path_lower: string;
	path_display: string;
	id?: string;
	client_modified?: string;
	server_modified?: string;
	rev?: string;
	size?: number;
	is_downloadable?: boolean;
	content_hash?: string;
}

interface Stored {
	metadata: Metadata;
	bytes: Buffer;
}

interface Cursor {
	path: string;
	recursive: boolean;
	/** Entries of the listing that were not handed out yet. */
	rest: Metadata[];
	/** Changes up to here are known. */
	seen: number;
	limit: number;
	isExpired: boolean;
}

/** A page of a listing. */
export interface Page {
	entries: Metadata[];
	cursor: string;
	has_more: boolean;
}

/** SHA-256 over the SHA-256 of each block of 4 MB (Dropbox, content hash). */
export function contentHashOf(bytes: Buffer): string {
	const whole = createHash('sha256');
	for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
		whole.update(
			createHash('sha256')
				.update(bytes.subarray(start, start + BLOCK_BYTES))
				.digest(),
		);
	}
	return whole.digest('hex');
}

/** What a Dropbox account holds, every revision of it, and the cursors that were handed out. */
export class Files {
	private entries = new Map<string, Stored>();

	private revisions = new Map<string, Stored>();

	private changes: string[] = [];

	private cursors = new Map<string, Cursor>();

	private count = 0;

	constructor(private readonly pageSize: () => number) {}

	/** Puts a folder there, with those above it. */
	addFolder(path: string): Metadata {
		const known = this.entries.get(path.toLowerCase());
		if (known) return known.metadata;
		const parent = parentOf(path);
		if (parent !== '') this.addFolder(parent);
		return this.store(path, { '.tag': 'folder', ...namesOf(path), id: newId() }, Buffer.alloc(0));
	}

	/** Puts a file there; one of the same path becomes its new revision. */
	write(path: string, bytes: Buffer, more: Partial<Metadata> = {}): Metadata {
		const parent = parentOf(path);
		if (parent !== '') this.addFolder(parent);
		this.count += 1;
		const now = `${new Date().toISOString().slice(0, 19)}Z`;
		const metadata: Metadata = {
			'.tag': 'file',
			...namesOf(path),
			id: this.entries.get(path.toLowerCase())?.metadata.id ?? newId(),
			client_modified: now,
			server_modified: now,
			rev: `0${(0x5f0a1c2b3d + this.count).toString(16)}${randomBytes(6).toString('hex')}`,
			size: bytes.length,
			is_downloadable: true,
			content_hash: contentHashOf(bytes),
			...more,
		};
		return this.store(path, metadata, bytes);
	}

	/** Takes a file or folder away, with all that is in it. */
	delete(path: string): void {
		const lower = path.toLowerCase();
		for (const each of [...this.entries.keys()]) {
			if (each !== lower && !each.startsWith(`${lower}/`)) continue;
			this.entries.delete(each);
			this.changes.push(each);
		}
	}

	/** Moves a file: its id stays, its revision is another. */
	move(from: string, to: string): Metadata {
		const { metadata, bytes } = this.find(from);
		this.delete(from);
		const { id, server_modified } = metadata;
		return this.write(to, bytes, { id, server_modified });
	}

	/**
	 * What a path, an id or a revision leads to.
	 *
	 * @throws Refusal path/not_found
	 */
	find(path: string): Stored {
		const byId = [...this.entries.values()].find(({ metadata }) => metadata.id === path);
		const found = path.startsWith('rev:')
			? this.revisions.get(path.slice('rev:'.length))
			: (byId ?? this.entries.get(path.toLowerCase()));
		if (!found) throw refused('path/not_found');
		return found;
	}

	/**
	 * A file that a path, an id or a revision leads to.
	 *
	 * @throws Refusal path/not_found, path/not_file
	 */
	findFile(path: string): Stored {
		const found = this.find(path);
		if (found.metadata['.tag'] !== 'file') throw refused('path/not_file');
		return found;
	}

	/** Whether anything is at a path. */
	has(path: string): boolean {
		return this.entries.has(path.toLowerCase());
	}

	/** Every file that is there now. */
	list(): Metadata[] {
		const files = [...this.entries.values()].map(({ metadata }) => metadata);
		return files.filter((metadata) => metadata['.tag'] === 'file');
	}

	/** Begins a listing. Throws a Refusal where there is no such folder. */
	listFolder(path: string, recursive: boolean, limit: number | undefined): Page {
		const rest = this.contentsOf(path, recursive);
		return this.pageOf(this.newCursor(path, recursive, rest, limit));
	}

	/** A cursor behind all that is there. Throws a Refusal where there is no such folder. */
	latestCursor(path: string, recursive: boolean, limit: number | undefined): string {
		this.contentsOf(path, recursive);
		return this.keep(this.newCursor(path, recursive, [], limit));
	}

	/** Goes on with a listing, then with the changes. Undefined for a cursor that never was. */
	further(text: string): Page | undefined {
		const cursor = this.cursors.get(text);
		if (!cursor) return undefined;
		if (cursor.isExpired) throw refused('reset');
		if (cursor.rest.length > 0) return this.pageOf(cursor);
		if (cursor.path !== '' && !this.has(cursor.path)) throw refused('path/not_found');
		const changed = new Set(this.changes.slice(cursor.seen));
		const rest = [...changed]
			.filter((path) => isWithin(path, cursor.path, cursor.recursive))
			.map((path) => this.entries.get(path)?.metadata ?? deletedAt(path));
		return this.pageOf({ ...cursor, rest, seen: this.changes.length });
	}

	/** Makes every cursor that was handed out end in a reset. */
	expireCursors(): void {
		for (const cursor of this.cursors.values()) cursor.isExpired = true;
	}

	/** Forgets everything. */
	reset(): void {
		this.entries = new Map();
		this.revisions = new Map();
		this.cursors = new Map();
		this.changes = [];
	}

	private store(path: string, metadata: Metadata, bytes: Buffer): Metadata {
		const stored = { metadata, bytes };
		this.entries.set(path.toLowerCase(), stored);
		if (metadata.rev !== undefined) this.revisions.set(metadata.rev, stored);
		this.changes.push(path.toLowerCase());
		return metadata;
	}

	private contentsOf(path: string, recursive: boolean): Metadata[] {
		if (path !== '' && this.find(path).metadata['.tag'] !== 'folder') {
			throw refused('path/not_folder');
		}
		return [...this.entries]
			.filter(([each]) => isWithin(each, path.toLowerCase(), recursive))
			.map(([, { metadata }]) => metadata);
	}

	private newCursor(
		path: string,
		recursive: boolean,
		rest: Metadata[],
		limit: number | undefined,
	): Cursor {
		const seen = this.changes.length;
		const pageSize = Math.min(limit ?? Infinity, this.pageSize());
		return { path: path.toLowerCase(), recursive, rest, seen, limit: pageSize, isExpired: false };
	}

	private pageOf(cursor: Cursor): Page {
		const rest = cursor.rest.slice(cursor.limit);
		return {
			entries: cursor.rest.slice(0, cursor.limit),
			cursor: this.keep({ ...cursor, rest }),
			has_more: rest.length > 0,
		};
	}

	private keep(cursor: Cursor): string {
		const text = `AA${randomBytes(24).toString('base64url')}`;
		this.cursors.set(text, cursor);
		return text;
	}
}

/** The folder that a path is in; empty for the root. */
export function parentOf(path: string): string {
	return path.slice(0, path.lastIndexOf('/'));
}

function namesOf(path: string) {
	const name = path.slice(path.lastIndexOf('/') + 1);
	return { name, path_lower: path.toLowerCase(), path_display: path };
}

function newId(): string {
	return `id:${randomBytes(16).toString('base64url')}`;
}

function deletedAt(path: string): Metadata {
	return { '.tag': 'deleted', ...namesOf(path) };
}

function isWithin(path: string, folder: string, recursive: boolean): boolean {
	if (!path.startsWith(`${folder}/`)) return false;
	return recursive || parentOf(path) === folder;
}
