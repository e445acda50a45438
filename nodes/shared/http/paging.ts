import type { IExecuteFunctions } from 'n8n-workflow';

import { apiError, inputError } from '../core/errors';
import type { Provider, RequestContext } from '../core/provider';
import { booleanOf, textOf } from '../core/wireValues';

/** Pages without an entry in a row: filters may leave out what is on some of them. */
const MOST_EMPTY_PAGES = 50;
const MOST_PAGES = 10_000;

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
		throw inputError(context.getNode(), 'Limit must be a whole number above 0', {
			description: 'Enter 1 or more.',
			itemIndex,
		});
	}
	return limit;
}

/** Who asks for a list, and whose it is. */
export interface ListReader {
	context: RequestContext;
	provider: Provider;
	itemIndex: number;
	/** The most entries to return; Infinity for all. */
	wanted: number;
}

/**
 * Reads pages one after the other until there are enough entries, or no more.
 *
 * @param readPage reads the page that begins at a cursor; undefined for the first
 * @throws NodeApiError where the list leads back, or goes on and on: what it gave so far may be
 * neither all nor once each
 */
export async function readPages<Entry>(
	reader: ListReader,
	readPage: (cursor: string | undefined) => Promise<Page<Entry>>,
): Promise<Entry[]> {
	const { wanted } = reader;
	const entries: Entry[] = [];
	const read = new Set<string>();
	let emptyPages = 0;
	for (let cursor: string | undefined; ;) {
		const page = await readPage(cursor);
		for (const entry of page.entries) entries.push(entry);
		emptyPages = page.entries.length > 0 ? 0 : emptyPages + 1;
		cursor = page.next;
		if (cursor === undefined || entries.length >= wanted) return entries.slice(0, wanted);
		if (read.has(cursor)) throw endless(reader, 'it leads back to a page before', entries.length);
		if (emptyPages >= MOST_EMPTY_PAGES || read.size >= MOST_PAGES) {
			throw endless(reader, `there are more pages after ${read.size + 1}`, entries.length);
		}
		read.add(cursor);
	}
}

function endless({ context, provider, itemIndex }: ListReader, why: string, entries: number) {
	return apiError(context.getNode(), {
		message: `${provider.name}'s list has no end: ${why}`,
		description: `It gave ${entries} entries until then, which may be neither all of them nor each of them once. This is the provider's trouble. Turn off Return All and set Limit to less than that, narrow any filters, or run the node again later.`,
		code: null,
		httpStatus: null,
		itemIndex,
	});
}
