import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from './errors';
import { booleanOf, textOf } from './wireValues';

/** One page of a list. */
export interface Page<Entry> {
	entries: Entry[];
	/** Where the next page begins; undefined on the last. */
	next: string | undefined;
}

/**
 * Where the next page begins, from what a reply says of it.
 *
 * @param hasMore whether there is one; where it does not say, there is if a cursor is given
 * @returns undefined on the last page
 */
export function nextCursor(hasMore: unknown, cursor: unknown): string | undefined {
	return booleanOf(hasMore) === false ? undefined : (textOf(cursor) ?? undefined);
}

/**
 * The most entries that the item wants, from Return All and Limit.
 *
 * @throws NodeOperationError where Limit is no whole number above 0
 */
export function wantedCount(context: IExecuteFunctions, itemIndex: number): number {
	if (context.getNodeParameter('returnAll', itemIndex, false) as boolean) return Infinity;
	const limit = Number(context.getNodeParameter('limit', itemIndex, 50));
	if (!Number.isInteger(limit) || limit < 1) {
		throw inputError(context.getNode(), 'Limit must be a whole number above 0', { itemIndex });
	}
	return limit;
}

/**
 * Reads pages one after the other until there are enough entries, or no more.
 *
 * @param wanted the most entries to return
 * @param readPage reads the page that begins at a cursor; undefined for the first
 */
export async function readPages<Entry>(
	wanted: number,
	readPage: (cursor: string | undefined) => Promise<Page<Entry>>,
): Promise<Entry[]> {
	const entries: Entry[] = [];
	const read = new Set<string | undefined>();
	let cursor: string | undefined;
	do {
		read.add(cursor);
		const page = await readPage(cursor);
		entries.push(...page.entries);
		// a provider whose cursors lead back would never end
		cursor = read.has(page.next) ? undefined : page.next;
	} while (cursor !== undefined && entries.length < wanted);
	return entries.slice(0, wanted);
}
