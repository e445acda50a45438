import fc from 'fast-check';

import { readPages } from '../../../nodes/shared/paging';
import type { Page } from '../../../nodes/shared/paging';

const sizes = fc.array(fc.nat(7), { minLength: 1, maxLength: 20 });

/** A list in pages of such sizes, whose entries are numbered. */
function listOf(pageSizes: number[]): Array<Page<number>> {
	let next = 0;
	return pageSizes.map((size, index) => ({
		entries: Array.from({ length: size }, () => next++),
		next: index + 1 < pageSizes.length ? `page ${index + 1}` : undefined,
	}));
}

const numberOf = (cursor: string | undefined) => Number(cursor?.split(' ')[1] ?? 0);

describe('any list in pages', () => {
	it('gives the first entries in order, and reads no page more than it takes', async () => {
		await fc.assert(
			fc.asyncProperty(sizes, fc.nat(60), async (pageSizes, more) => {
				const pages = listOf(pageSizes);
				const all = pages.flatMap(({ entries }) => entries);
				const wanted = more + 1;
				const read: number[] = [];

				const entries = await readPages(wanted, async (cursor) => {
					read.push(numberOf(cursor));
					return pages[numberOf(cursor)]!;
				});

				expect(entries).toEqual(all.slice(0, wanted));
				expect(read).toEqual(pages.slice(0, read.length).map((_, index) => index));
				const before = pages.slice(0, read.length - 1).flatMap((page) => page.entries);
				expect(before.length).toBeLessThan(wanted);
			}),
		);
	});

	it('comes to an end, and gives each page once, though its cursors lead back', async () => {
		await fc.assert(
			fc.asyncProperty(sizes, fc.nat(19), async (pageSizes, back) => {
				const pages = listOf(pageSizes);
				const last = pages.at(-1)!;
				last.next = `page ${back % pages.length}`;
				let reads = 0;

				const entries = await readPages(Infinity, async (cursor) => {
					reads++;
					if (reads > 100) throw new Error('There is no end to it');
					return pages[numberOf(cursor)]!;
				});

				// the first page goes by no cursor, so that it may come twice
				const first = pages[0]!.entries;
				const all = pages.flatMap((page) => page.entries);
				expect([all, [...all, ...first]]).toContainEqual(
					entries.slice(0, all.length + first.length),
				);
				expect(reads).toBeLessThanOrEqual(2 * pages.length);
			}),
		);
	});
});
