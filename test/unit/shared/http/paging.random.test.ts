import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';

import { readPages } from '../../../../nodes/shared/http/paging';
import type { Page } from '../../../../nodes/shared/http/paging';
import { probeProvider } from '../probe';

const context = { getNode: () => ({ name: 'Probe' }) } as unknown as IExecuteFunctions;

async function pagesOf<Entry>(
	wanted: number,
	readPage: (cursor: string | undefined) => Promise<Page<Entry>>,
): Promise<Entry[]> {
	return await readPages({ context, provider: probeProvider, itemIndex: 0, wanted }, readPage);
}

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

				const entries = await pagesOf(wanted, async (cursor) => {
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

	it('is said to have none where its cursors lead back, and ends soon', async () => {
		await fc.assert(
			fc.asyncProperty(sizes, fc.nat(19), async (pageSizes, back) => {
				const pages = listOf(pageSizes);
				pages.at(-1)!.next = `page ${back % pages.length}`;
				let reads = 0;

				const reading = pagesOf(Infinity, async (cursor) => {
					reads++;
					return pages[numberOf(cursor)]!;
				});

				await expect(reading).rejects.toThrow('leads back');
				expect(reads).toBeLessThanOrEqual(pages.length + 1);
			}),
		);
	});
});
