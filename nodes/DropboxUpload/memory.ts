import type { IDataObject } from 'n8n-workflow';

import { numberOf, objectOf, textOf, unixSecondsOf } from '../shared/wireValues';
import type { DropboxFile } from './api';

const MOST_REMEMBERED = 1000;

/** What a trigger remembers of its folder; bounded, and stored by n8n as JSON. */
export interface FolderMemory {
	/** Which folder of which account it is about: another one needs another beginning. */
	watch: string;
	/** Where the changes go on. */
	cursor: string;
	/** Contents that were dealt with, and when each was uploaded; the first dealt with first. */
	seen: SeenContent[];
	/** Milliseconds since 1970, by Dropbox's clock: what is older was dealt with, or was there before. */
	since: number;
	/** How often it was stored: the higher one is the newer one. */
	version: number;
}

/** Time in milliseconds since 1970; null where Dropbox gives none. */
type SeenContent = [content: string, uploadedAt: number | null];

// static data is stored only after a webhook ended, and a poll goes on with what it began with
const inThisProcess = new Map<string, FolderMemory>();

/** What makes contents the same as others: a file that was only moved or renamed is not new. */
export function contentOf({ id, contentHash, rev }: DropboxFile): string {
	return `${id} ${contentHash ?? rev}`;
}

/**
 * The newest memory of a trigger.
 *
 * @param trigger which node of which workflow it is
 * @returns undefined where there is none of what is watched now: the trigger begins
 */
export function recall(
	staticData: IDataObject,
	trigger: string,
	watch: string,
): FolderMemory | undefined {
	const memories = [inThisProcess.get(trigger), storedMemory(staticData)].filter(
		(memory) => memory?.watch === watch,
	);
	return memories.sort((a, b) => b!.version - a!.version)[0];
}

function storedMemory(staticData: IDataObject): FolderMemory | undefined {
	const { watch, cursor, seen, since, version } = objectOf(staticData.folder);
	const knownCursor = textOf(cursor);
	if (knownCursor === null) return undefined;
	return {
		watch: textOf(watch) ?? '',
		cursor: knownCursor,
		seen: Array.isArray(seen) ? (seen as SeenContent[]) : [],
		since: numberOf(since) ?? 0,
		version: numberOf(version) ?? 0,
	};
}

/** Keeps a memory, for this process and across restarts. */
export function remember(staticData: IDataObject, trigger: string, memory: FolderMemory): void {
	const stored = { ...memory, version: memory.version + 1 };
	inThisProcess.set(trigger, stored);
	staticData.folder = stored as unknown as IDataObject;
}

/** A memory to which files were added that are dealt with; what is too much of it is forgotten. */
export function withSeen(memory: FolderMemory, files: DropboxFile[], cursor: string): FolderMemory {
	const seen = [
		...memory.seen,
		...files.map((file): SeenContent => [contentOf(file), uploadedAt(file)]),
	];
	const forgotten = seen.slice(0, -MOST_REMEMBERED).map(([, time]) => time ?? 0);
	return {
		...memory,
		cursor,
		seen: seen.slice(-MOST_REMEMBERED),
		since: Math.max(memory.since, ...forgotten),
	};
}

/** Whether a file is new where its folder had to be listed anew. */
export function isUnseen(memory: FolderMemory, file: DropboxFile): boolean {
	if (isSeen(memory, file)) return false;
	const time = uploadedAt(file);
	// Dropbox gives whole seconds
	return time === null || time >= memory.since - 1000;
}

/** Whether a file's contents were dealt with, as far as that is remembered. */
export function isSeen({ seen }: FolderMemory, file: DropboxFile): boolean {
	return seen.some(([content]) => content === contentOf(file));
}

function uploadedAt({ serverModified }: DropboxFile): number | null {
	const seconds = unixSecondsOf(serverModified);
	return seconds === null ? null : seconds * 1000;
}
