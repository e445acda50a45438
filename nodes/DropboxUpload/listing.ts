import { LoggerProxy } from 'n8n-workflow';

import { codeOf } from '../shared/core/errors';
import { settled } from '../shared/core/settled';
import { fileOf, listFolder, listFurther } from './api';
import type { DropboxFile, Listing, TriggerContext, WatchedFolder } from './api';
import type { FolderMemory } from './memory';
import { contentOf } from './memory';
import { isWanted } from './settings';

/** Dropbox's code where it has forgotten the cursor: the folder has to be listed anew. */
const FORGOTTEN = 'reset';

/** The most pages that are read one after the other. */
const MOST_PAGES = 100;

/** A page, and whether it is of the whole folder in place of what changed. */
export interface Page extends Listing {
	isRelisting: boolean;
}

/** The page that comes next; the folder's first one where Dropbox has forgotten the cursor. */
export async function nextPage(
	context: TriggerContext,
	folder: WatchedFolder,
	{ cursor, isRelisting }: FolderMemory,
): Promise<Page> {
	const outcome = await settled(listFurther(context, cursor));
	if ('value' in outcome) return { ...outcome.value, isRelisting };
	if (codeOf(outcome.failure) !== FORGOTTEN) throw outcome.failure;
	return { ...(await listFolder(context, folder)), isRelisting: true };
}

/** Notices lists that never end: which lead to where they have been, or always further. */
export class EndlessList {
	private readonly cursors = new Set<string>();

	constructor(private readonly context: TriggerContext) {}

	/** Whether a page leads on to where the list has been before: nothing new can come. */
	leadsBack({ cursor, hasMore }: Listing): boolean {
		if (!hasMore) return false;
		const isKnown = this.cursors.has(cursor);
		if (isKnown) this.warn('leads back to where it has been');
		this.cursors.add(cursor);
		return isKnown;
	}

	/** Whether so many pages came that the others have to wait. */
	isTooLong(): boolean {
		const isTooLong = this.cursors.size >= MOST_PAGES;
		if (isTooLong) this.warn(`was left after ${MOST_PAGES} pages, and goes on with the next look`);
		return isTooLong;
	}

	private warn(what: string): void {
		const { name } = this.context.getNode();
		LoggerProxy.warn(`Dropbox's list for the node "${name}" does not end: it ${what}.`);
	}
}

/** What is in a folder, page after page. */
export async function listAll(
	context: TriggerContext,
	first: Listing,
): Promise<Listing['entries']> {
	const endless = new EndlessList(context);
	let last = first;
	const entries = [...first.entries];
	while (last.hasMore && !endless.leadsBack(last) && !endless.isTooLong()) {
		last = await listFurther(context, last.cursor);
		entries.push(...last.entries);
	}
	return entries;
}

/** The files that the user wants, each contents once, the oldest first. */
export function filesIn(context: TriggerContext, entries: Listing['entries']): DropboxFile[] {
	const files = entries
		.map(fileOf)
		.filter((file) => file !== undefined)
		.filter((file) => isWanted(context, file));
	const byContent = new Map(files.map((file) => [contentOf(file), file]));
	return [...byContent.values()].sort((a, b) =>
		(a.serverModified ?? '').localeCompare(b.serverModified ?? ''),
	);
}
