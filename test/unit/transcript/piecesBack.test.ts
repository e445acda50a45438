import fc from 'fast-check';

import { piecesOfTranscript } from '../../../nodes/Transcript/pieces';
import { transcriptOfPieces } from '../../../nodes/Transcript/piecesBack';
import type { ChangedPiece } from '../../../nodes/Transcript/piecesBack';
import { anyText, anyTranscript } from './arbitraries';
import { said, transcriptOf } from './transcripts';

const transcript = transcriptOf(
	[
		said('Good morning. How are you?', 0, 4, 'Ann'),
		said('Fine, thank you.', 5, 6, 'Ben'),
		said('Let us begin.', 8, 10, 'Ann'),
	],
	{ id: 'job', language: 'en', durationSeconds: 12, fileName: 'talk.mp3' },
);
const pieces = piecesOfTranscript(transcript, { characters: 45, seconds: Infinity });
const shortened = ({ start, end, speaker, text }: ReturnType<typeof said>) => [
	start,
	end,
	speaker,
	text,
];
const segmentsOf = (given: ChangedPiece[]) => transcriptOfPieces(given).segments.map(shortened);

/** The pieces with other texts. */
const changed = (...texts: string[]): ChangedPiece[] =>
	pieces.map((piece, index) => ({ ...piece, text: texts[index]! }));

it('the pieces of these tests are two', () => {
	expect(pieces.map(({ text }) => text)).toEqual([
		'Good morning.\nHow are you?\nFine, thank you.',
		'Let us begin.',
	]);
});

describe('a transcript of its pieces', () => {
	it('is what it was, sentence by sentence, where nothing was changed', () => {
		expect(transcriptOfPieces(pieces)).toMatchObject({
			provider: 'scriptivox',
			id: 'job',
			status: 'completed',
			language: 'en',
			durationSeconds: 12,
			fileName: 'talk.mp3',
			speakers: ['Ann', 'Ben'],
			text: 'Good morning.\nHow are you?\nFine, thank you.\nLet us begin.',
		});
		expect(segmentsOf(pieces)).toEqual([
			[0, expect.closeTo(2.18), 'Ann', 'Good morning.'],
			[expect.closeTo(2.18), 4, 'Ann', 'How are you?'],
			[5, 6, 'Ben', 'Fine, thank you.'],
			[8, 10, 'Ann', 'Let us begin.'],
		]);
	});

	it.each([
		['line by line', 'Guten Morgen.\nWie geht es dir?\nGut, danke.'],
		['with empty lines between', 'Guten Morgen.\n\nWie geht es dir?\r\n\r\nGut, danke.\n'],
		['in a block of code', '```\nGuten Morgen.\nWie geht es dir?\nGut, danke.\n```'],
	])('has translations on the times of their lines: %s', (_how, text) => {
		expect(segmentsOf(changed(text, 'Fangen wir an.'))).toEqual([
			[0, expect.closeTo(2.18), 'Ann', 'Guten Morgen.'],
			[expect.closeTo(2.18), 4, 'Ann', 'Wie geht es dir?'],
			[5, 6, 'Ben', 'Gut, danke.'],
			[8, 10, 'Ann', 'Fangen wir an.'],
		]);
	});

	it.each([
		['one line', 'Guten Morgen. Wie geht es dir? Gut, danke.', 3],
		['too few lines', 'Guten Morgen, wie geht es dir?\nGut, danke.', 2],
		['too many lines', 'Guten\nMorgen.\nWie geht\nes dir?\nGut,\ndanke.', 6],
		['a preface', 'Here is the translation:\nGuten Morgen.\nWie geht es dir?\nGut, danke.', 4],
	])('has %s spread over the piece, and nothing lost', (_what, text, sentences) => {
		const segments = segmentsOf(changed(text, 'Fangen wir an.'));
		const times = segments.flatMap(([start, end]) => [start as number, end as number]);

		expect(segments).toHaveLength(sentences + 1);
		expect(segments[0]).toMatchObject([0, expect.any(Number), 'Ann', expect.any(String)]);
		expect(segments.at(-2)).toMatchObject([expect.any(Number), 6, 'Ben', expect.any(String)]);
		expect(segments.at(-1)).toEqual([8, 10, 'Ann', 'Fangen wir an.']);
		expect([...times].sort((one, other) => one - other)).toEqual(times);
		expect(segments.map(([, , , line]) => line).join(' ')).toBe(
			`${text.replaceAll('\n', ' ')} Fangen wir an.`,
		);
	});

	it('has no language once a text was changed, unless it is said which', () => {
		const translated = changed('Guten Morgen.', 'Fangen wir an.');

		expect(transcriptOfPieces(translated).language).toBeNull();
		const told = translated.map((piece) => ({ ...piece, language: 'de' }));
		expect(transcriptOfPieces(told).language).toBe('de');
	});

	it('is made of pieces that lost their lines, too', () => {
		const bare = pieces.map((piece) => ({ ...piece, lines: undefined, transcript: undefined }));

		expect(transcriptOfPieces(bare)).toMatchObject({ provider: null, id: null });
		expect(segmentsOf(bare)).toEqual([
			[0, expect.any(Number), null, 'Good morning.'],
			[expect.any(Number), expect.any(Number), null, 'How are you?'],
			[expect.any(Number), 6, null, 'Fine, thank you.'],
			[8, 10, 'Ann', 'Let us begin.'],
		]);
	});

	it('has no times where there were none', () => {
		const untimed = piecesOfTranscript(transcriptOf([said('One. Two.', null, null)]), {
			characters: Infinity,
			seconds: Infinity,
		});

		expect(segmentsOf([{ ...untimed[0]!, text: 'Eins zwei' }])).toEqual([
			[null, null, null, 'Eins zwei'],
		]);
	});
});

describe('any transcript', () => {
	const limits = { characters: 60, seconds: 600 };
	const plain = (text: string) => text.replace(/[\s\p{Cc}]+/gu, '');

	it('comes back from its pieces whole', () => {
		fc.assert(
			fc.property(anyTranscript, (given) => {
				const back = transcriptOfPieces(piecesOfTranscript(given, limits));
				const said = given.segments.map(({ text }) => text).join('');
				expect(plain(back.segments.map(({ text }) => text).join(''))).toBe(plain(said));
				expect(back.speakers.sort()).toEqual([...given.speakers].sort());
			}),
		);
	});

	it('keeps each changed text, within the time of its piece', () => {
		const times = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(times, anyText, (lengths, text) => {
				fc.pre(!text.includes('```'));
				let passed = 0;
				const segments = lengths.map((length) =>
					said('Words are said.', passed, (passed += length)),
				);
				const [piece, ...more] = piecesOfTranscript(transcriptOf(segments), limits);
				const back = transcriptOfPieces([{ ...piece!, text }, ...more]);
				const own = back.segments.slice(
					0,
					back.segments.length - more.flatMap((m) => m.lines).length,
				);
				expect(plain(own.map((segment) => segment.text).join(''))).toBe(plain(text));
				for (const { start, end } of own) {
					expect(start).toBeGreaterThanOrEqual(piece!.start!);
					expect(end).toBeLessThanOrEqual(piece!.end! + 1e-9);
				}
			}),
		);
	});
});
