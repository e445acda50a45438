import fc from 'fast-check';

import { piecesOfTranscript } from '../../../nodes/Transcript/pieces';
import type { PieceLimits } from '../../../nodes/Transcript/pieces';
import type { Transcript } from '../../../nodes/shared/transcript/transcript';
import { charactersOf } from '../../../nodes/Transcript/lineBreaks';
import { anyTranscript } from './arbitraries';
import { said, transcriptOf, wordsOf } from './transcripts';

const NO_LIMITS: PieceLimits = { characters: Infinity, seconds: Infinity };

const textsOf = (transcript: Transcript, limits: Partial<PieceLimits>) =>
	piecesOfTranscript(transcript, { ...NO_LIMITS, ...limits }).map(({ text }) => text);

const visible = (text: string) => text.replace(/[\s\p{Cc}]/gu, '');

describe('pieces of a transcript', () => {
	it('carry number, time, speakers, text, lines, and what they are pieces of', () => {
		const transcript = transcriptOf(
			[said('Good morning.', 1, 2, 'Ann'), said('Hello. How are you?', 2, 4, 'Ben')],
			{ id: 'job', language: 'en', durationSeconds: 5, fileName: 'talk.mp3' },
		);

		expect(piecesOfTranscript(transcript, { ...NO_LIMITS, characters: 22 })).toEqual([
			{
				number: 1,
				start: 1,
				end: expect.closeTo(2.75, 5),
				speakers: ['Ann', 'Ben'],
				text: 'Good morning.\nHello.',
				lines: [
					{ start: 1, end: 2, speaker: 'Ann', text: 'Good morning.' },
					{ start: 2, end: expect.closeTo(2.75, 5), speaker: 'Ben', text: 'Hello.' },
				],
				transcript: {
					provider: 'scriptivox',
					id: 'job',
					language: 'en',
					durationSeconds: 5,
					fileName: 'talk.mp3',
					item: 0,
					pieces: 2,
				},
			},
			expect.objectContaining({
				number: 2,
				start: expect.closeTo(2.75, 5),
				end: 4,
				speakers: ['Ben'],
				text: 'How are you?',
			}),
		]);
	});

	it.each([
		[
			'English',
			'One two three. Four five six. Seven.',
			['One two three.', 'Four five six.\nSeven.'],
		],
		['Chinese', '今天天气很好。我们去公园！好吗？', ['今天天气很好。\n我们去公园！', '好吗？']],
		['Hindi', 'मौसम अच्छा है। हम पार्क चलें।', ['मौसम अच्छा है।', 'हम पार्क चलें।']],
		['Arabic', 'الطقس جميل اليوم. هل نذهب؟ نعم.', ['الطقس جميل اليوم.', 'هل نذهب؟\nنعم.']],
		['Armenian', 'Բարեւ ձեզ։ Ինչպե՞ս եք։ Լավ։', ['Բարեւ ձեզ։', 'Ինչպե՞ս եք։\nԼավ։']],
		['titles', 'I saw Dr. Smith. He left.', ['I saw Dr. Smith.', 'He left.']],
	])('are cut between sentences: %s', (_what, text, pieces) => {
		const longest = Math.max(...pieces.map((piece) => piece.length));

		expect(textsOf(transcriptOf([said(text, 0, 10)]), { characters: longest })).toEqual(pieces);
	});

	it('do not end where a segment ends in the middle of a sentence', () => {
		const transcript = transcriptOf([
			said('First one. The second goes', 0, 2),
			said('on. And a third.', 2, 4),
		]);

		expect(textsOf(transcript, { characters: 24 })).toEqual([
			'First one.',
			'The second goes\non.',
			'And a third.',
		]);
	});

	it.each([
		['between words', 'one two three four', 9, ['one two', 'three', 'four']],
		['between words of a script without blanks', '今天天气很好我们去公园', 4, null],
		['within a word that is longer', 'a bcdefghij k', 4, ['a bc', 'defg', 'hij', 'k']],
		['never within a character', '👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3, ['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']],
	])('cut a sentence that is longer than one %s', (_how, text, characters, pieces) => {
		const texts = textsOf(transcriptOf([said(text, 0, 10)]), { characters });

		if (pieces) expect(texts).toEqual(pieces);
		expect(texts.join('')).toBe(pieces ? pieces.join('') : text);
		if (!pieces) expect(Math.max(...texts.map((each) => each.length))).toBeLessThanOrEqual(4);
	});

	it('last no longer than they may, by the times of words where there are some', () => {
		const text = 'One two three. Four five. Six seven eight nine ten eleven.';
		const transcript = transcriptOf([{ ...said(text, 0, 99), words: wordsOf(text) }]);
		const pieces = piecesOfTranscript(transcript, { ...NO_LIMITS, seconds: 5 });

		expect(pieces.map(({ start, end, text: each }) => [start, end, each])).toEqual([
			[0, 5, 'One two three.\nFour five.'],
			[5, 10, 'Six seven eight nine ten'],
			[10, 11, 'eleven.'],
		]);
	});

	it('have no time where the transcript has none, and one from words where segments have none', () => {
		const untimed = piecesOfTranscript(transcriptOf([said('Hello.', null, null)]), NO_LIMITS);
		const words = [{ ...said('Hello you.', null, null), words: wordsOf('Hello you.', 3) }];

		expect(untimed[0]).toMatchObject({ start: null, end: null, text: 'Hello.' });
		expect(piecesOfTranscript(transcriptOf(words), NO_LIMITS)[0]).toMatchObject({
			start: 3,
			end: 5,
		});
	});

	it('have no piece of a blank that a mark stays together with over', () => {
		const guillemets = transcriptOf([said('« Oui »', 0, 7)]);
		expect(textsOf(guillemets, { characters: 3, seconds: 0.5 }).join(' ')).toBe('« O u i »');
	});

	it('are made of the text where there are no segments, and of nothing where there is none', () => {
		const text = 'One two. Three four.\n\nFive.';
		const whole = transcriptOf([], { text, durationSeconds: 10 });

		expect(textsOf(whole, { characters: 14 })).toEqual(['One two.', 'Three four.', 'Five.']);
		expect(piecesOfTranscript(whole, NO_LIMITS)[0]).toMatchObject({ start: 0, end: 10 });
		expect(textsOf(transcriptOf([]), {})).toEqual([]);
		expect(textsOf(transcriptOf([said('  ', 0, 1)]), {})).toEqual([]);
	});

	it('are as many as one would think for 30,000 segments', () => {
		const segments = Array.from({ length: 30_000 }, (_, index) =>
			said('And so it goes on and on.', index, index + 1, `Speaker ${index % 3}`),
		);
		const pieces = piecesOfTranscript(transcriptOf(segments), { ...NO_LIMITS, seconds: 60 });

		expect(pieces).toHaveLength(500);
		expect(pieces[499]).toMatchObject({ start: 29_940, end: 30_000, number: 500 });
	});
});

describe('pieces of any transcript', () => {
	const limits = fc.record({
		characters: fc.oneof(fc.integer({ min: 1, max: 80 }), fc.constant(Infinity)),
		seconds: fc.oneof(fc.double({ min: 0.1, max: 20, noNaN: true }), fc.constant(Infinity)),
	});

	it('lose and add nothing', () => {
		fc.assert(
			fc.property(anyTranscript, limits, (transcript, given) => {
				const all = transcript.segments.map(({ text }) => text).join('');
				expect(visible(textsOf(transcript, given).join(''))).toBe(visible(all));
			}),
		);
	});

	it('keep each word whole that fits', () => {
		const words = fc.array(fc.constantFrom('a', 'bc', 'Def.', 'ghij', 'klmno?'), { minLength: 1 });
		fc.assert(
			fc.property(words, fc.integer({ min: 6, max: 40 }), (given, characters) => {
				const texts = textsOf(transcriptOf([said(given.join(' '), 0, 9)]), { characters });
				expect(texts.join(' ').split(/\s+/)).toEqual(given);
			}),
		);
	});

	it('are no longer than they may be, unless they are a single character', () => {
		fc.assert(
			fc.property(anyTranscript, limits, (transcript, given) => {
				for (const text of textsOf(transcript, given)) {
					if (charactersOf(text).length > 1)
						expect(text.length).toBeLessThanOrEqual(given.characters);
				}
			}),
		);
	});

	it('have the text of their lines, and the speakers of their lines', () => {
		fc.assert(
			fc.property(anyTranscript, limits, (transcript, given) => {
				piecesOfTranscript(transcript, given).forEach((piece, index) => {
					expect(piece.number).toBe(index + 1);
					expect(piece.text).toBe(piece.lines.map(({ text }) => text).join('\n'));
					expect(piece.text).not.toMatch(/^\s*$/);
					const speakers = piece.lines.flatMap(({ speaker }) => speaker ?? []);
					expect(piece.speakers).toEqual([...new Set(speakers)]);
				});
			}),
		);
	});
});
