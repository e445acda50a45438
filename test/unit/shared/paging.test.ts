import { readPages, wantedCount } from '../../../nodes/shared/paging';
import { limitField, returnAllField } from '../../../nodes/shared/fields';
import { runNode } from '../harness';
import { probe } from './probe';

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

		expect(await readPages(Infinity, readPage)).toEqual([0, 1, 2, 3, 4, 5, 6]);
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

		expect(await readPages(wanted, readPage)).toHaveLength(Math.min(wanted, 10));
		expect(readPage).toHaveBeenCalledTimes(pages);
	});

	it('gives nothing of an empty list', async () => {
		expect(await readPages(Infinity, listOf(0, 3))).toEqual([]);
	});

	it('goes on over an empty page', async () => {
		const pages = [
			{ entries: [1], next: 'a' },
			{ entries: [], next: 'b' },
			{ entries: [2], next: undefined },
		];

		expect(await readPages(Infinity, async () => pages.shift()!)).toEqual([1, 2]);
	});

	it('ends when a provider names the same page again and again', async () => {
		const readPage = jest.fn(async () => ({ entries: [1], next: 'again' }));

		expect(await readPages(Infinity, readPage)).toEqual([1, 1]);
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
