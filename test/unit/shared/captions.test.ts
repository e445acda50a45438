import { parseSync } from 'subtitle';
import { WebVTTParser } from 'webvtt-parser';

import { toSrt, toText, toVtt } from '../../../nodes/shared/captions';
import type { Segment, Transcript } from '../../../nodes/shared/transcript';

interface Cue {
	/** Seconds from the start. */
	start: number;
	/** Seconds from the start. */
	end: number;
	text: string;
}

const transcript = (segments: Segment[], more: Partial<Transcript> = {}): Transcript => ({
	provider: 'probe',
	id: 'job1',
	status: 'completed',
	text: segments.map(({ text }) => text).join(' '),
	language: 'en',
	durationSeconds: null,
	speechDetected: null,
	speakers: [],
	segments,
	error: null,
	fileName: null,
	...more,
});

const segment = (text: string, start: number | null, end: number | null): Segment => ({
	start,
	end,
	speaker: null,
	text,
	words: [],
});

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

function srtCues(text: string): Cue[] {
	return parseSync(text).flatMap((node) =>
		node.type === 'cue'
			? [{ start: node.data.start / 1000, end: node.data.end / 1000, text: node.data.text }]
			: [],
	);
}

function vttCues(text: string): Cue[] {
	const { cues, errors } = new WebVTTParser().parse(text, 'subtitles/captions/descriptions');
	expect(errors).toEqual([]);
	return cues.map(({ startTime, endTime, text: lines }) => ({
		start: startTime,
		end: endTime,
		text: lines,
	}));
}

const PLAIN = { speakers: false };
const FORMATS = [
	['SRT', (given: Transcript, settings = PLAIN) => srtCues(toSrt(given, settings))],
	['WebVTT', (given: Transcript, settings = PLAIN) => vttCues(toVtt(given, settings))],
] as const;

/** The words of cues, whatever lines they stand on. */
const wordsOf = (cues: Cue[]) => cues.map(({ text }) => text.replace(/\n/g, ' ')).join(' ');

describe.each(FORMATS)('captions in %s, as an independent parser reads them', (_format, cuesOf) => {
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
			transcript([segment('late', 3661.5, 3662), segment('very late', 90_000, 90_001)]),
		);

		expect(first).toMatchObject({ start: 3661.5, end: 3662 });
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

		expect(cuesOf(given, { speakers: true }).map(({ text }) => text)).toEqual([
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

	it('keep what is not Latin whole', () => {
		const text = '谢谢大家 🎧 Здравствуйте مرحبا';

		expect(wordsOf(cuesOf(transcript([segment(text, 0, 2)])))).toBe(text);
	});
});

describe('WebVTT alone', () => {
	it('writes markup of the text as text', () => {
		const written = toVtt(transcript([segment('a < b & c > <i>d</i>', 0, 2)]), PLAIN);

		expect(written).toContain('a &lt; b &amp; c &gt; &lt;i&gt;d&lt;/i&gt;');
		expect(vttCues(written)).toHaveLength(1);
	});

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
		expect(toText(given, { speakers: true })).toBe('Ann: Hi.\nBob: Yes?');
	});

	it('is made of the segments where there is no text', () => {
		expect(toText({ ...given, text: null }, PLAIN)).toBe('Hi.\nYes?');
	});
});
