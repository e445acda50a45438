import fc from 'fast-check';

import { charactersOf, piecesOf } from '../../../nodes/Transcript/lineBreaks';

const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Texts far longer than what is segmented at once, some of a single character. */
const longText = fc
	.array(
		fc.oneof(
			fc.string({ unit: 'binary', maxLength: 50 }),
			fc.string({ unit: 'grapheme', maxLength: 50 }),
			fc.nat(700).map((accents) => `e${'\u0301'.repeat(accents)}`),
			fc.nat(300).map((flags) => '🇩🇪'.repeat(flags)),
			fc.nat(60).map((times) => '👩‍👩‍👧‍👦'.repeat(times)),
			fc.nat(60).map((times) => '今天天气很好'.repeat(times)),
		),
		{ maxLength: 20 },
	)
	.map((parts) => parts.join(''));

describe('any text', () => {
	it('has the characters that a reader counts, however long it is', () => {
		fc.assert(
			fc.property(longText, (text) => {
				const expected = Array.from(CHARACTERS.segment(text), ({ segment }) => segment);
				expect(charactersOf(text)).toEqual(expected);
			}),
		);
	});

	it('keeps all that is no blank when it is broken, and no piece is too long', () => {
		fc.assert(
			fc.property(longText, fc.integer({ min: 1, max: 60 }), (text, longest) => {
				const visible = (given: string) => given.replace(/[\s\p{Cc}]/gu, '');
				const pieces = piecesOf(text, longest);

				expect(visible(pieces.map((piece) => piece.text).join(''))).toBe(visible(text));
				for (const piece of pieces) {
					expect(charactersOf(piece.text).length).toBeLessThanOrEqual(longest);
				}
			}),
		);
	});
});
