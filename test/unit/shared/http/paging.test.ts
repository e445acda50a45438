import type { IExecuteFunctions } from 'n8n-workflow';

import { readPages, wantedCount } from '../../../../nodes/shared/http/paging';
import type { Page } from '../../../../nodes/shared/http/paging';
import { limitField, returnAllField } from '../../../../nodes/shared/fields/commonFields';
import { errorOf, runNode } from '../../harness';
import { probe, probeProvider } from '../probe';

/** Reads a list for an item of a node. */
async function pagesOf<Entry>(
	wanted: number,
	readPage: (cursor: string | undefined) => Promise<Page<Entry>>,
): Promise<Entry[]> {
	const context = { getNode: () => ({ name: 'Probe' }) } as unknown as IExecuteFunctions;
	return await readPages({ context, provider: probeProvider, itemIndex: 3, wanted }, readPage);
}

/** A list of so many numbers, in pages of so many. */
function listOf(count: number, pageSize: number) {
	return jest.fn(async (cursor: string | undefined) => {
		const from = Number(cursor ?? 0);
		const entries = Array.from({ length: Math.min(pageSize, count - from) }, (_, i) => from + i);
		const next = from + pageSize < count ? String(from + pageSize) : undefined;
		return { entries, next };
	});
}

describe('reading page by page', () => {
	it('gives all entries in order, when all are wanted', async () => {
		const readPage = listOf(7, 3);

		expect(await pagesOf(Infinity, readPage)).toEqual([0, 1, 2, 3, 4, 5, 6]);
		expect(readPage.mock.calls).toEqual([[undefined], ['3'], ['6']]);
	});

	it.each([
		[1, 1],
		[3, 1],
		[4, 2],
		[6, 2],
		[100, 4],
	])('for %d entries reads %d pages', async (wanted, pages) => {
		const readPage = listOf(10, 3);

		expect(await pagesOf(wanted, readPage)).toHaveLength(Math.min(wanted, 10));
		expect(readPage).toHaveBeenCalledTimes(pages);
	});

	it('gives nothing of an empty list', async () => {
		expect(await pagesOf(Infinity, listOf(0, 3))).toEqual([]);
	});

	it('goes on over an empty page', async () => {
		const pages = [
			{ entries: [1], next: 'a' },
			{ entries: [], next: 'b' },
			{ entries: [2], next: undefined },
		];

		expect(await pagesOf(Infinity, async () => pages.shift()!)).toEqual([1, 2]);
	});

	describe('that has no end', () => {
		/** The page behind each cursor; the first goes by none. */
		const chain = (next: Record<string, string>) =>
			jest.fn(async (cursor = '') => ({ entries: [cursor], next: next[cursor] }));

		it.each([
			['to itself', { '': 'a', a: 'a' }],
			['over one page, A-B-A', { '': 'a', a: 'b', b: 'a' }],
			['over several pages', { '': 'a', a: 'b', b: 'c', c: 'd', d: 'b' }],
			['to the first page, which goes by no cursor', { '': 'a', a: 'first', first: 'a' }],
		])('says so where it leads back %s', async (_where, next) => {
			const readPage = chain(next);

			const error = await errorOf(pagesOf(Infinity, readPage));

			expect(error.message).toBe(
				"Probe's list has no end: it leads back to a page before [item 3]",
			);
			expect(error.description).toMatch(/^It gave \d entries until then/);
			expect(error.description).toContain('set Limit to less than that');
			expect(readPage.mock.calls.length).toBeLessThanOrEqual(Object.keys(next).length);
		});

		it('gives what is wanted where that came before', async () => {
			expect(await pagesOf(2, chain({ '': 'a', a: 'a' }))).toEqual(['', 'a']);
		});

		it('does what the advice says', async () => {
			const error = await errorOf(pagesOf(Infinity, chain({ '': 'a', a: 'b', b: 'a' })));
			const given = Number(/gave (\d+)/.exec(String(error.description))![1]);

			expect(await pagesOf(given - 1, chain({ '': 'a', a: 'b', b: 'a' }))).toHaveLength(given - 1);
		});

		it('says so after fifty empty pages with ever new cursors', async () => {
			let pages = 0;
			const readPage = async () => ({ entries: [], next: `page ${++pages}` });

			await expect(pagesOf(Infinity, readPage)).rejects.toThrow(
				"Probe's list has no end: there are more pages after 50 [item 3]",
			);
		});

		it('goes on where entries come again before that', async () => {
			let pages = 0;
			const readPage = async () => {
				pages += 1;
				const next = pages < 200 ? `page ${pages}` : undefined;
				return { entries: pages % 40 === 0 ? [pages] : [], next };
			};

			expect(await pagesOf(Infinity, readPage)).toEqual([40, 80, 120, 160, 200]);
		});

		it('says so after ten thousand pages with ever new cursors', async () => {
			let pages = 0;
			const readPage = async () => ({ entries: [1], next: `page ${++pages}` });

			await expect(pagesOf(Infinity, readPage)).rejects.toThrow('more pages after 10001');
			expect(pages).toBe(10_001);
		});
	});
});

describe('how many are wanted', () => {
	const count = async (parameters: object) => {
		const seen: number[] = [];
		const counting = probe(
			async (context, itemIndex) => {
				seen.push(wantedCount(context, itemIndex));
				return [];
			},
			{ fields: [returnAllField, limitField] },
		);
		await runNode({ ...counting, parameters: { ...parameters } });
		return seen[0];
	};

	it('is fifty where the user says nothing', async () => {
		expect(await count({})).toBe(50);
	});

	it('is what Limit says', async () => {
		expect(await count({ limit: 7 })).toBe(7);
	});

	it('is everything with Return All', async () => {
		expect(await count({ returnAll: true })).toBe(Infinity);
	});

	it.each([0, -1, 1.5, '={{ "many" }}'])('cannot be %p', async (limit) => {
		await expect(count({ limit })).rejects.toThrow('Limit must be a whole number above 0 [item 0]');
	});
});
