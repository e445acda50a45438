import type { INodeExecutionData } from 'n8n-workflow';

import { settled } from '../shared/core/settled';
import type { DropboxFile, TriggerContext, WatchedFolder } from './api';
import { isInVain } from './limits';
import type { Limits } from './limits';
import { EndlessList, filesIn, nextPage } from './listing';
import type { Page } from './listing';
import { isSeen, isUnseen, triesOf, withAll, withPage, withSeen, withTry } from './memory';
import type { FolderMemory } from './memory';
import { dealWith } from './outputs';

/** Files that cannot be had, after which the others are left for the next look, too. */
const MOST_FAILURES = 3;

/** What a look found, and the memory to go on from. */
export interface Changes {
	items: INodeExecutionData[];
	/** The files that the items are about. */
	files: DropboxFile[];
	memory: FolderMemory;
	isMoreLeft: boolean;
}

/**
 * The files that were added or changed, within the limits of a look.
 *
 * @param pending what another look has found already
 * @throws NodeApiError where Dropbox cannot be asked and nothing was found before
 */
export async function filesSince(
	context: TriggerContext,
	folder: WatchedFolder,
	memory: FolderMemory,
	limits: Limits,
	pending: FolderMemory | undefined,
): Promise<Changes> {
	const deadline = Date.now() + limits.milliseconds;
	const endless = new EndlessList(context);
	const found: Changes = { items: [], files: [], memory, isMoreLeft: true };
	for (;;) {
		const outcome = await settled(nextPage(context, folder, found.memory));
		if ('failure' in outcome) {
			// what was found is not to be found, and stored in n8n, a second time
			if (found.items.length > 0) return found;
			throw outcome.failure;
		}
		const page = outcome.value;
		const files = newFilesIn(context, page, found.memory, pending);
		if (!(await dealWithAll(context, files, found, limits, deadline))) return found;
		found.memory = withPage(found.memory, page);
		if (!page.hasMore || endless.leadsBack(page)) {
			found.memory = withAll(found.memory);
			found.isMoreLeft = false;
			return found;
		}
		if (Date.now() > deadline || isInVain(context) || endless.isTooLong()) return found;
	}
}

function newFilesIn(
	context: TriggerContext,
	{ entries, isRelisting }: Page,
	memory: FolderMemory,
	pending: FolderMemory | undefined,
): DropboxFile[] {
	return filesIn(context, entries)
		.filter((file) => (isRelisting ? isUnseen(memory, file) : !isSeen(memory, file)))
		.filter((file) => !pending || !isSeen(pending, file));
}

/** Deals with the files of a page; false where some are left. */
async function dealWithAll(
	context: TriggerContext,
	files: DropboxFile[],
	found: Changes,
	limits: Limits,
	deadline: number,
): Promise<boolean> {
	let failures = 0;
	// those that could not be had before come last, so that they keep no other waiting
	const { memory } = found;
	const inOrder = [...files].sort((a, b) => triesOf(memory, a) - triesOf(memory, b));
	for (const [index, file] of inOrder.entries()) {
		const hasBegun = found.items.length + index > 0;
		if (hasBegun && (Date.now() > deadline || isInVain(context))) return false;
		if (found.items.length >= limits.mostFiles || failures >= MOST_FAILURES) return false;
		const dealt = await dealWith(context, file, found.memory, limits);
		if (dealt === 'tooLarge') return false;
		if (dealt === 'later') {
			failures += 1;
			found.memory = withTry(found.memory, file);
		} else {
			found.items.push(dealt);
			found.files.push(file);
			found.memory = withSeen(found.memory, [file]);
		}
	}
	return failures === 0;
}
