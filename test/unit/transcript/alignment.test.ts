import fc from 'fast-check';
import { distance as distanceOf } from 'fastest-levenshtein';

import { align } from '../../../nodes/Transcript/alignment';

/** Another implementation's distance: symbols as characters. */
function otherDistance(first: number[], second: number[]): number {
	const texts = [first, second].map((list) =>
		list.map((n) => String.fromCharCode(0x4e00 + n)).join(''),
	);
	return distanceOf(texts[0]!, texts[1]!);
}

const alignmentOf = (first: number[], second: number[]) =>
	align(Int32Array.from(first), Int32Array.from(second));

/** Numbers below a limit, always the same ones. */
function numbers(count: number, limit: number, seed: number): number[] {
	let state = seed;
	return Array.from({ length: count }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	});
}

/** A list in which one of so many symbols is replaced, left out or doubled. */
function changed(list: number[], oneOf: number, seed: number): number[] {
	const chances = numbers(list.length, 3 * oneOf, seed);
	return list.flatMap(
		(symbol, index) => [[symbol + 1], [], [symbol, symbol]][chances[index]!] ?? [symbol],
	);
}

/** The changes that partners stand for: they have to run in one direction. */
function changesOf(first: number[], second: number[], partners: Int32Array): number {
	let [changes, next] = [0, 0];
	partners.forEach((partner, index) => {
		if (partner === -1) {
			changes++;
			return;
		}
		expect(partner).toBeGreaterThanOrEqual(next);
		changes += partner - next + (first[index] === second[partner] ? 0 : 1);
		next = partner + 1;
	});
	return changes + second.length - next;
}

describe('an alignment', () => {
	it.each([
		['nothing and nothing', [], [], 0],
		['nothing and something', [], [1, 2], 2],
		['something and nothing', [1, 2, 3], [], 3],
		['the same', [1, 2, 3], [1, 2, 3], 0],
		['kitten and sitting', [1, 2, 3, 3, 4, 5], [6, 2, 3, 3, 2, 5, 7], 3],
	])('has the least number of changes: %s', (_what, first, second, distance) => {
		expect(alignmentOf(first, second).distance).toBe(distance);
	});

	it('has the distance that another implementation has, for lists of any kind', () => {
		const list = fc
			.integer({ min: 1, max: 40 })
			.chain((symbols) => fc.array(fc.nat({ max: symbols }), { maxLength: 400, size: 'max' }));
		fc.assert(
			fc.property(list, list, (first, second) => {
				const { distance, partners } = alignmentOf(first, second);
				expect(distance).toBe(otherDistance(first, second));
				expect(changesOf(first, second, partners)).toBe(distance);
			}),
		);
	});

	it.each([
		[
			'words that differ here and there',
			numbers(3000, 800, 1),
			changed(numbers(3000, 800, 1), 10, 2),
		],
		['words that have nothing to do with each other', numbers(2500, 50, 3), numbers(2000, 50, 4)],
		['words that nearly all are the same one', numbers(2000, 2, 5), numbers(2300, 2, 6)],
		['a beginning of the other', numbers(3000, 300, 7), numbers(3000, 300, 7).slice(0, 700)],
		['a longer one, in which the other stands', numbers(40, 300, 8), numbers(3000, 300, 9)],
	])('has it for long lists: %s', (_what, first, second) => {
		const { distance, partners } = alignmentOf(first, second);

		expect(distance).toBe(otherDistance(first, second));
		expect(changesOf(first, second, partners)).toBe(distance);
	});

	it('takes a sixteenth of all comparisons for two hours of speech that differ throughout', () => {
		const { distance, steps } = alignmentOf(numbers(20_000, 3000, 1), numbers(20_000, 3000, 2));

		expect(distance).toBeGreaterThan(15_000);
		expect(steps).toBeLessThan((20_000 * 20_000) / 15);
	});

	it('takes nothing for what is the same', () => {
		const words = numbers(20_000, 3000, 1);

		expect(alignmentOf(words, words)).toMatchObject({ distance: 0, steps: 0 });
	});
});
