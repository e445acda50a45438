import { randomUUID } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { numberOf, objectOf, textOf, unixSecondsOf } from '../shared/core/wireValues';
import type { DropboxFile } from './api';

const MOST_REMEMBERED = 1000;

/** What a trigger remembers of its folder; bounded, and stored by n8n as JSON. */
export interface FolderMemory {
	/** Which folder of which account it is about: another one needs another beginning. */
	watch: string;
	/** Where the changes go on; what was dealt with of the page that it leads to is in `seen`. */
	cursor: string;
	/** Contents that were dealt with, and when each was uploaded; the first dealt with first. */
	seen: SeenContent[];
	/** How many of the last ones in `seen` are of the page that `cursor` leads to. */
	inPage: number;
	/** Milliseconds since 1970, by Dropbox's clock: what is older was dealt with, or was there before. */
	since: number;
	/** What `since` becomes once the list is through: until then older files may still come. */
	sinceNext: number;
	/** Whether `cursor` leads through the whole folder, because an earlier one was forgotten. */
	isRelisting: boolean;
	/** Contents that could not be had for now, and how often that was tried. */
	tries: Array<[content: string, tries: number]>;
	/** How often it was stored: the higher one is the newer one. */
	version: number;
	/** Another one for each time that it was stored. */
	id: string;
}

/** Time in milliseconds since 1970; null where Dropbox gives none. */
type SeenContent = [content: string, uploadedAt: number | null];

/** What makes contents the same as others: a file that was only moved or renamed is not new. */
export function contentOf({ id, contentHash, rev }: DropboxFile): string {
	return `${id} ${contentHash ?? rev}`;
}

/** The memory of somebody who begins, with nothing seen. */
export function beginning(watch: string, cursor: string, since: number): FolderMemory {
	return {
		watch,
		cursor,
		seen: [],
		inPage: 0,
		since,
		sinceNext: since,
		isRelisting: false,
		tries: [],
		version: 0,
		id: '',
	};
}

/** Whether a trigger has begun to watch some folder. */
export function hasBegun(staticData: IDataObject): boolean {
	return textOf(objectOf(staticData.folder).cursor) !== null;
}

/** The memory that n8n has stored; undefined where there is none. */
export function storedFolderMemory(staticData: IDataObject): FolderMemory | undefined {
	const stored = objectOf(staticData.folder);
	const cursor = textOf(stored.cursor);
	if (cursor === null) return undefined;
	const since = numberOf(stored.since) ?? 0;
	return {
		watch: textOf(stored.watch) ?? '',
		cursor,
		seen: pairsOf<SeenContent>(stored.seen),
		inPage: numberOf(stored.inPage) ?? 0,
		since,
		sinceNext: numberOf(stored.sinceNext) ?? since,
		isRelisting: stored.isRelisting === true,
		tries: pairsOf<[string, number]>(stored.tries),
		version: numberOf(stored.version) ?? 0,
		id: textOf(stored.id) ?? '',
	};
}

function pairsOf<Pair>(list: unknown): Pair[] {
	return Array.isArray(list) ? [...(list as Pair[])] : [];
}

/** The memory as the next one to be stored. */
export function nextVersion(memory: FolderMemory): FolderMemory {
	return { ...memory, version: memory.version + 1, id: randomUUID() };
}

/** A memory of which it is not yet known whether n8n took it, with what was dealt with meanwhile. */
export function merged(taken: FolderMemory, meanwhile: FolderMemory): FolderMemory {
	if (meanwhile.watch !== taken.watch) return meanwhile;
	const known = new Set(taken.seen.map(([content]) => content));
	const added = meanwhile.seen.filter(([content]) => !known.has(content));
	return {
		...taken,
		seen: [...taken.seen, ...added],
		inPage: taken.inPage + added.length,
		version: Math.max(taken.version, meanwhile.version),
	};
}

/** A memory to which files of its page were added that are dealt with. */
export function withSeen(memory: FolderMemory, files: DropboxFile[]): FolderMemory {
	const contents = files.map(contentOf);
	const seen = files.map((file): SeenContent => [contentOf(file), uploadedAt(file)]);
	return {
		...memory,
		seen: [...memory.seen, ...seen],
		inPage: memory.inPage + files.length,
		tries: memory.tries.filter(([content]) => !contents.includes(content)),
	};
}

/** A memory whose page is dealt with; what is too much of it is forgotten. */
export function withPage(
	memory: FolderMemory,
	{ cursor, isRelisting }: Pick<FolderMemory, 'cursor' | 'isRelisting'>,
): FolderMemory {
	const forgotten = memory.seen.slice(0, -MOST_REMEMBERED).map(([, time]) => time ?? 0);
	return {
		...memory,
		cursor,
		isRelisting,
		inPage: 0,
		seen: memory.seen.slice(-MOST_REMEMBERED),
		sinceNext: Math.max(memory.sinceNext, ...forgotten),
	};
}

/** A memory whose list is through. */
export function withAll(memory: FolderMemory): FolderMemory {
	const since = Math.max(memory.since, memory.sinceNext);
	return { ...memory, isRelisting: false, tries: [], since };
}

/** A memory in which a file could not be had once more. */
export function withTry(memory: FolderMemory, file: DropboxFile): FolderMemory {
	const content = contentOf(file);
	const others = memory.tries.filter(([other]) => other !== content);
	return { ...memory, tries: [...others, [content, triesOf(memory, file) + 1]] };
}

/** How often it was tried in vain to get what is wanted of a file. */
export function triesOf({ tries }: FolderMemory, file: DropboxFile): number {
	return tries.find(([content]) => content === contentOf(file))?.[1] ?? 0;
}

/** Whether a file is new where its folder had to be listed anew. */
export function isUnseen(memory: FolderMemory, file: DropboxFile): boolean {
	if (isSeen(memory, file)) return false;
	const time = uploadedAt(file);
	// Dropbox gives whole seconds
	return time === null || time >= memory.since - 1000;
}

/** Whether a file's contents were dealt with, as far as that is remembered. */
export function isSeen({ seen }: Pick<FolderMemory, 'seen'>, file: DropboxFile): boolean {
	const wanted = contentOf(file);
	return seen.some(([content]) => content === wanted);
}

function uploadedAt({ serverModified }: DropboxFile): number | null {
	const seconds = unixSecondsOf(serverModified);
	return seconds === null ? null : seconds * 1000;
}
