import { mergedParts, offsetsByDurations } from '../../../nodes/Transcript/parts';
import { said, transcriptOf, wordsOf } from './transcripts';

const first = transcriptOf([said('Hello.', 0, 1, 'A'), said('Hi.', 1, 2, 'B')], {
	durationSeconds: 10.1,
	language: 'en',
	fileName: 'talk-1.mp3',
	id: 'one',
});
const second = transcriptOf([{ ...said('Go on.', 0.2, 1.2, 'A'), words: wordsOf('Go on.', 0.2) }], {
	durationSeconds: 5,
	language: 'en',
	fileName: 'talk-2.mp3',
	id: 'two',
});
const parts = [
	{ transcript: first, offset: 0 },
	{ transcript: second, offset: 10.1 },
];

describe('merged parts', () => {
	it('have their times moved, of segments and words, and their speakers kept apart', () => {
		expect(mergedParts(parts, false)).toEqual({
			provider: 'scriptivox',
			id: null,
			status: 'completed',
			text: 'Hello. Hi.\nGo on.',
			language: 'en',
			durationSeconds: 15.1,
			speechDetected: null,
			speakers: ['A (part 1)', 'B', 'A (part 2)'],
			segments: [
				said('Hello.', 0, 1, 'A (part 1)'),
				said('Hi.', 1, 2, 'B'),
				{
					...said('Go on.', 10.3, 11.3, 'A (part 2)'),
					words: [
						{ start: 10.3, end: 11.3, text: 'Go', confidence: null },
						{ start: 11.3, end: 12.3, text: 'on.', confidence: null },
					],
				},
			],
			error: null,
			fileName: 'talk-1.mp3',
		});
	});

	it('have the same speakers where they are said to', () => {
		const { speakers, segments } = mergedParts(parts, true);

		expect(speakers).toEqual(['A', 'B']);
		expect(segments.map(({ speaker }) => speaker)).toEqual(['A', 'B', 'A']);
	});

	it('never give a name that somebody else has', () => {
		const odd = transcriptOf([said('Hm.', 0, 1, 'A (part 1)')], { durationSeconds: 1 });
		const { speakers } = mergedParts([...parts, { transcript: odd, offset: 15.1 }], false);

		expect(new Set(speakers).size).toBe(4);
		expect(speakers).toContain('A (part 1)');
	});

	it.each([
		['two providers', { provider: 'whipscribe' }, { provider: 'scriptivox, whipscribe' }],
		['a provider and none', { provider: null }, { provider: 'scriptivox' }],
		['two languages', { language: 'de' }, { language: null }],
		['a language and none', { language: null }, { language: null }],
		['no length of the last', { durationSeconds: null }, { durationSeconds: null }],
		['speech in one', { speechDetected: true }, { speechDetected: true }],
	])('of %s', (_what, more, expected) => {
		const [one, other] = parts as [(typeof parts)[0], (typeof parts)[0]];
		const changed = { ...other, transcript: { ...other.transcript, ...more } };

		expect(mergedParts([one, changed], false)).toMatchObject(expected);
	});

	it('keep what a part without segments says, and a part in which nothing is said', () => {
		const textOnly = transcriptOf([], { text: 'Only text.', durationSeconds: 4 });
		const silent = transcriptOf([], { durationSeconds: 3, speechDetected: false });
		const merged = mergedParts(
			[
				{ transcript: silent, offset: 0 },
				{ transcript: textOnly, offset: 3 },
				{ transcript: second, offset: 7 },
			],
			false,
		);

		expect(merged.text).toBe('Only text.\nGo on.');
		expect(merged.segments.map(({ start, end, text }) => [start, end, text])).toEqual([
			[3, 7, 'Only text.'],
			[7.2, 8.2, 'Go on.'],
		]);
	});

	it('leave times that are missing as they are', () => {
		const untimed = transcriptOf([said('When?', null, null)], { durationSeconds: 2 });

		expect(mergedParts([{ transcript: untimed, offset: 8 }], false).segments).toEqual([
			said('When?', null, null),
		]);
	});

	it('are nothing where nothing is said', () => {
		const nothing = transcriptOf([]);

		expect(mergedParts([{ transcript: nothing, offset: 0 }], false)).toEqual(nothing);
	});
});

describe('the beginnings of parts', () => {
	it('come from the lengths of those before', () => {
		expect(offsetsByDurations([first, second, first])).toEqual({
			offsets: [0, 10.1, expect.closeTo(15.1)],
		});
	});

	it('never let parts overlap where a length was rounded down', () => {
		const short = { ...first, durationSeconds: 1 };

		expect(offsetsByDurations([short, second])).toEqual({ offsets: [0, 2] });
	});

	it('need no length of the last part, and say whose they lack', () => {
		const unknown = { ...first, durationSeconds: null };

		expect(offsetsByDurations([first, unknown])).toEqual({ offsets: [0, 10.1] });
		expect(offsetsByDurations([first, unknown, first])).toEqual({ withoutDuration: 1 });
	});
});
