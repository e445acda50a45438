import { toSrt, toVtt } from '../../../nodes/Transcript/captions';
import { checkedTranscript } from '../../../nodes/Transcript/checkedTranscript';
import { toText } from '../../../nodes/Transcript/textFiles';
import type { Segment } from '../../../nodes/shared/transcript/transcript';
import {
	CAPTION_PARSERS,
	LABELLED,
	PLAIN,
	segmentOf as segment,
	transcriptOf as transcript,
	vttCues,
} from './captionParsers';
import type { Cue } from './captionParsers';

/** A segment whose words follow each other at this pace. */
function spoken(text: string, start: number, secondsAWord = 0.5): Segment {
	const words = text.split(' ').map((word, index) => ({
		start: start + index * secondsAWord,
		end: start + (index + 0.8) * secondsAWord,
		text: word,
		confidence: null,
	}));
	return { ...segment(text, start, words.at(-1)!.end), words };
}

const FORTY_WORDS = Array.from({ length: 40 }, (_, n) => `word${n}`).join(' ');

/** The words of cues, whatever lines they stand on. */
const wordsOf = (cues: Cue[]) => cues.map(({ text }) => text.replace(/\n/g, ' ')).join(' ');

describe.each(CAPTION_PARSERS)(
	'captions in %s, as an independent parser reads them',
	(_format, cuesOf) => {
		it('keep the times of a short segment', () => {
			expect(cuesOf(transcript([segment('Good morning.', 1.25, 2.5)]))).toEqual([
				{ start: 1.25, end: 2.5, text: 'Good morning.' },
			]);
		});

		it('keep every word in order, however long a segment is', () => {
			const cues = cuesOf(transcript([spoken(FORTY_WORDS, 0), spoken('The end.', 30)]));

			expect(wordsOf(cues)).toBe(`${FORTY_WORDS} The end.`);
			expect(cues.length).toBeGreaterThan(3);
		});

		it('have at most two lines of 42 characters', () => {
			const cues = cuesOf(transcript([spoken(FORTY_WORDS, 0), segment(FORTY_WORDS, 30, 60)]));

			for (const { text } of cues) {
				expect(text.split('\n').length).toBeLessThanOrEqual(2);
				for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(42);
			}
		});

		it('stand when their words are spoken', () => {
			const cues = cuesOf(transcript([spoken(FORTY_WORDS, 10)]));

			for (const { start, text } of cues) {
				const first = Number(/^word(\d+)/.exec(text)![1]);
				expect(start).toBeCloseTo(10 + first * 0.5, 3);
			}
		});

		it('begin anew after a pause within a segment', () => {
			const before = spoken('before the pause', 0);
			const after = spoken('after it', 10);
			const whole = {
				...segment('before the pause after it', 0, 11),
				words: [...before.words, ...after.words],
			};

			expect(cuesOf(transcript([whole])).map(({ text }) => text)).toEqual([
				'before the pause',
				'after it',
			]);
		});

		it('neither overlap nor run backwards, whatever the provider says', () => {
			const cues = cuesOf(
				transcript([
					segment('first', 5, 9),
					segment('overlapping', 7, 8),
					segment('earlier', 1, 2),
					segment('without times', null, null),
					segment('ending before it begins', 20, 19),
				]),
			);

			expect(cues).toHaveLength(5);
			cues.forEach(({ start, end }, index) => {
				expect(end).toBeGreaterThan(start);
				expect(start).toBeGreaterThanOrEqual(cues[index - 1]?.end ?? 0);
			});
		});

		it('go beyond an hour, and a day', () => {
			const [first, second] = cuesOf(
				transcript([segment('late', 3661.5, 3662.5), segment('very late', 90_000, 90_001)]),
			);

			expect(first).toMatchObject({ start: 3661.5, end: 3662.5 });
			expect(second).toMatchObject({ start: 90_000, end: 90_001 });
		});

		it('say who speaks where it changes', () => {
			const said = (speaker: string, text: string, start: number) => ({
				...segment(text, start, start + 1),
				speaker,
			});
			const given = transcript([
				said('Ann', 'Hi.', 0),
				said('Ann', 'So.', 2),
				said('Bob', 'Yes.', 4),
			]);

			expect(cuesOf(given, LABELLED).map(({ text }) => text)).toEqual([
				'Ann: Hi.',
				'So.',
				'Bob: Yes.',
			]);
			expect(cuesOf(given).map(({ text }) => text)).toEqual(['Hi.', 'So.', 'Yes.']);
		});

		it('are made of the whole text where there are no segments', () => {
			const given = transcript([], { text: FORTY_WORDS, durationSeconds: 20 });

			const cues = cuesOf(given);

			expect(wordsOf(cues)).toBe(FORTY_WORDS);
			expect(cues.at(-1)!.end).toBeCloseTo(20, 2);
		});

		it('are none for silence', () => {
			expect(cuesOf(transcript([], { text: '' }))).toEqual([]);
			expect(cuesOf(transcript([], { text: null }))).toEqual([]);
			expect(cuesOf(transcript([segment('   ', 0, 1)]))).toEqual([]);
		});

		it('do not break at line breaks and empty lines of the text', () => {
			const cues = cuesOf(transcript([segment('one\n\ntwo\r\n3', 0, 2)]));

			expect(cues).toHaveLength(1);
			expect(wordsOf(cues)).toBe('one two 3');
		});

		it('do not let a text pass for a time line', () => {
			const text = '00:00:01,000 --> 00:00:02,000 is text';

			const cues = cuesOf(transcript([segment(text, 5, 7)]));

			expect(cues).toHaveLength(1);
			expect(cues[0]).toMatchObject({ start: 5, end: 7 });
		});

		it('break words that are longer than a line', () => {
			const cues = cuesOf(transcript([segment('x'.repeat(100), 0, 4)]));

			expect(
				cues
					.map(({ text }) => text)
					.join('')
					.replace(/\n/g, ''),
			).toBe('x'.repeat(100));
		});

		it.each([
			['Chinese', ['今天', '天气', '很好', '，', '我们', '去', '公园', '。'], ''],
			['Japanese', ['これ', 'は', 'ペン', 'です', '。'], ''],
			['Thai', ['ผม', 'ชอบ', 'กิน', 'ข้าว'], ''],
			['Khmer', ['ខ្ញុំ', 'ស្រឡាញ់', 'អ្នក'], ''],
			['English, token by token', ['I', ' don', "'t", ' know', '.'], ''],
			['Korean', ['안녕하세요', '여러분'], ' '],
		])('put blanks where %s has them, whatever its words are', (_language, said, blank) => {
			const words = said.map((text, index) => ({
				start: index / 2,
				end: index / 2 + 0.4,
				text,
				confidence: null,
			}));
			const text = said.join(blank);
			const withText = { ...segment(text, 0, said.length), words };
			const withoutText = { ...withText, text: '' };

			expect(wordsOf(cuesOf(transcript([withText])))).toBe(text);
			if (!_language.startsWith('English')) {
				expect(wordsOf(cuesOf(checkedTranscript(transcript([withoutText]))))).toBe(text);
			}
		});

		it('break a long text without blanks between its words, and spread its time', () => {
			const sentence = '今天天气很好，我们去公园玩吧。';
			const cues = cuesOf(transcript([segment(sentence.repeat(12), 0, 60)]));
			const lines = cues.flatMap(({ text }) => text.split('\n'));

			expect(lines.join('')).toBe(sentence.repeat(12));
			expect(lines.length).toBeGreaterThan(3);
			for (const line of lines) expect(line).not.toMatch(/^[，。]/);
			for (const { start, end } of cues) expect(end - start).toBeGreaterThan(2);
		});

		it.each(['10\u00a0000\u202f€', 'Quoi\u00a0?', 'Bonjour !', '« oui »', '( aside )', '50 %'])(
			'keep %j on one line',
			(held) => {
				const lines = Array.from({ length: 42 }, (_, length) =>
					cuesOf(transcript([segment(`${'x'.repeat(length + 1)} ${held}`, 0, 5)])),
				).map((cues) => cues.flatMap(({ text }) => text.split('\n')));

				for (const ofCase of lines) expect(ofCase.some((line) => line.includes(held))).toBe(true);
			},
		);

		it('show all of a text whose words are spelt otherwise, or are not all there', () => {
			const text = 'Well, hello there, everybody!';
			const words = [
				{ start: 1, end: 2, text: 'hello', confidence: null },
				{ start: 2, end: 3, text: 'there', confidence: null },
			];

			expect(cuesOf(transcript([{ ...segment(text, 1, 3), words }]))).toEqual([
				{ start: 1, end: 3, text },
			]);
		});

		it('take times that no recording has for no times', () => {
			const texts = ['a long time ahead', 'before the start'];
			const cues = cuesOf(
				transcript([segment(texts[0]!, 1e300, 1e301), segment(texts[1]!, -5, -4)]),
			);

			expect(cues.map(({ text }) => text)).toEqual(texts);
			expect(cues[1]!.end).toBeLessThan(10);
		});

		it('keep what is not Latin whole', () => {
			const text = '谢谢大家 🎧 Здравствуйте مرحبا';

			expect(wordsOf(cuesOf(transcript([segment(text, 0, 2)])))).toBe(text);
		});
	},
);

describe('a speaker', () => {
	it.each(CAPTION_PARSERS)(
		'with line breaks in the name breaks no cue of %s',
		(_format, cuesOf) => {
			const given = {
				...segment('Hi.', 0, 1),
				speaker: 'Ann\n\n00:00:05.000 --> 00:00:06.000\nEve',
			};

			expect(cuesOf(transcript([given]), LABELLED)).toHaveLength(1);
		},
	);
});

describe('WebVTT alone', () => {
	it('writes markup of the text as text', () => {
		const written = toVtt(transcript([segment('a < b & c > <i>d</i>', 0, 2)]), PLAIN);

		expect(written).toContain('a &lt; b &amp; c &gt; &lt;i&gt;d&lt;/i&gt;');
		expect(vttCues(written)).toHaveLength(1);
	});

	it.each(['NOTE nothing', 'STYLE', 'REGION', 'WEBVTT', '1'])(
		'does not let the text %j pass for a block of another kind',
		(text) => {
			const written = toVtt(transcript([segment(text, 0, 2), segment('b', 3, 4)]), PLAIN);

			expect(vttCues(written).map((cue) => cue.text)).toEqual([text, 'b']);
		},
	);

	it('begins with its name, even without a cue', () => {
		expect(toVtt(transcript([]), PLAIN)).toMatch(/^WEBVTT\n/);
	});
});

describe('SRT alone', () => {
	it('numbers its cues from one', () => {
		const written = toSrt(transcript([segment('a', 0, 1), segment('b', 2, 3)]), PLAIN);

		expect(written).toBe(
			'1\n00:00:00,000 --> 00:00:01,000\na\n\n2\n00:00:02,000 --> 00:00:03,000\nb\n',
		);
	});
});

describe('plain text', () => {
	const given = transcript(
		[
			{ ...segment('Hi.', 0, 1), speaker: 'Ann' },
			{ ...segment('Yes?', 1, 2), speaker: 'Bob' },
		],
		{ text: 'Hi. Yes?' },
	);

	it('is the text as it is', () => {
		expect(toText(given, PLAIN)).toBe('Hi. Yes?');
	});

	it('has a line for each who speaks', () => {
		expect(toText(given, LABELLED)).toBe('Ann: Hi.\nBob: Yes?');
	});

	it('is made of the segments where there is no text', () => {
		expect(toText({ ...given, text: null }, PLAIN)).toBe('Hi.\nYes?');
	});
});
