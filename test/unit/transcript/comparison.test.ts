import { comparisonOf } from '../../../nodes/Transcript/comparison';
import type { Comparison } from '../../../nodes/Transcript/comparison';
import { said, transcriptOf, wordsOf } from './transcripts';

const textOnly = (text: string | null) => transcriptOf([], { text });

function compared(expected: string | null, found: string | null): Comparison {
	return comparisonOf(textOnly(expected), textOnly(found));
}

describe('a comparison of two transcripts', () => {
	it('counts words put in, left out and replaced, and says where they are', () => {
		const reference = transcriptOf([
			{
				...said('We will meet on Monday morning.', 0, 6),
				words: wordsOf('We will meet on Monday morning.'),
			},
			said('Please bring the report.', 6, 8),
		]);
		const other = transcriptOf([
			{ ...said('We meet on Sunday morning.', 0, 6), words: wordsOf('We meet on Sunday morning.') },
			said('Please do bring the report.', 6.5, 8.5),
		]);

		expect(comparisonOf(reference, other)).toEqual({
			wordErrorRate: 0.3,
			agreement: 0.8,
			differences: [
				{ start: 1, end: 2, expected: 'will', found: '' },
				{ start: 4, end: 5, expected: 'Monday', found: 'Sunday' },
				{ start: 6.5, end: 8.5, expected: '', found: 'do' },
			],
		});
	});

	it.each([
		['letter case', 'The Cat sat', 'the cat SAT'],
		['punctuation', '“Well,” she said – go!', 'well she said, go'],
		['hyphens', 'a well-known fact', 'a well known fact'],
		['kinds of apostrophes', 'I don’t know', "i don't know"],
		['composed and decomposed accents', 'caf\u00e9', 'cafe\u0301'],
		['full-width letters', 'ＯＫ，go', 'ok go'],
		['ß in capitals', 'STRASSE', 'Straße'],
		['the Turkish dotted I in capitals', 'İSTANBUL', 'istanbul'],
		['the Turkish dotless i in capitals', 'IŞIK', 'ışık'],
		['the final sigma', 'ΟΔΟΣ', 'οδος'],
		['blanks in scripts without', '今天 天气 很好。', '今天天气很好'],
		['line ends', 'one\n\ntwo', 'one two'],
	])('leaves aside %s', (_what, expected, found) => {
		expect(compared(expected, found)).toEqual({ wordErrorRate: 0, agreement: 1, differences: [] });
	});

	it.each([
		['accents', 'résumé', 'resume'],
		['numerals as words', 'two', '2'],
		['numbers written otherwise', '1,000', '1000'],
		['another time', '3:15', '3:50'],
	])('does not leave aside %s', (_what, expected, found) => {
		expect(compared(expected, found)).toMatchObject({ wordErrorRate: 1, agreement: 0 });
	});

	it.each([
		['Chinese', '今天天气很好', '今天天汽很好', 1 / 6, [['气', '汽']]],
		['Thai', 'สวัสดีครับ', 'สวัสดีคะ', 2 / 7, null],
		['Japanese', 'これはペンです', 'それはペンです', 1 / 7, [['こ', 'そ']]],
		['both mixed', '我用iPhone打电话', '我用Android打电话', 1 / 6, [['iPhone', 'Android']]],
	])(
		'counts characters in scripts without blanks: %s',
		(_what, expected, found, rate, differences) => {
			const comparison = compared(expected, found);

			expect(comparison.wordErrorRate).toBeCloseTo(rate, 3);
			if (!differences) return;
			expect(comparison.differences.map((each) => [each.expected, each.found])).toEqual(
				differences,
			);
		},
	);

	it('shows words in a row that differ as one difference, as they are written', () => {
		const { differences } = compared('It is a Dr. Smith, M.D., here.', 'It is a doctor here.');

		expect(differences.map(({ expected, found }) => [expected, found])).toEqual([
			['Dr. Smith, M.D', 'doctor'],
		]);
	});

	it('takes the times of the reference, and those of the other where it has none', () => {
		const reference = transcriptOf([said('one two', null, null)]);
		const other = transcriptOf([said('one too', 3, 4)]);

		expect(comparisonOf(reference, other).differences).toEqual([
			{ start: 3, end: 4, expected: 'two', found: 'too' },
		]);
		expect(compared('one two', 'one too').differences).toEqual([
			{ start: null, end: null, expected: 'two', found: 'too' },
		]);
	});

	it.each([
		['nothing and nothing', null, '', 0, 1],
		['something and nothing', 'one two', null, 1, 0],
		['nothing and something: no rate can be told', '', 'one two', null, 0],
		['twice as much', 'one', 'one two', 1, 0.6667],
		['much more than the reference has', 'one', 'a b c', 3, 0],
	])('compares %s', (_what, expected, found, wordErrorRate, agreement) => {
		expect(compared(expected, found)).toMatchObject({ wordErrorRate, agreement });
	});

	it('compares two hours, segment by segment and in one', () => {
		const sentence = 'so that is what we said about the report and';
		const segments = Array.from({ length: 2000 }, (_, index) =>
			said(`${sentence} ${index}`, index * 3, index * 3 + 3),
		);
		const other = segments.map((segment, index) =>
			index % 100 === 0 ? { ...segment, text: segment.text.replace('report', 'rapport') } : segment,
		);
		const comparison = comparisonOf(transcriptOf(segments), transcriptOf(other));

		expect(comparison).toMatchObject({ wordErrorRate: 0.0009, agreement: 0.9991 });
		expect(comparison.differences).toHaveLength(20);
		expect(comparison.differences[1]).toEqual({
			start: 300,
			end: 303,
			expected: 'report',
			found: 'rapport',
		});
	});
});
