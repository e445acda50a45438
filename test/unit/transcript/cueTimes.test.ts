import { DEFAULT_SETTINGS } from '../../../nodes/Transcript/captionSettings';
import { cuesOf } from '../../../nodes/Transcript/cues';
import type { Segment } from '../../../nodes/shared/transcript/transcript';
import { PLAIN, segmentOf, transcriptOf } from './captionParsers';

const by = (speaker: string, text: string, start: number | null, end: number | null): Segment => ({
	...segmentOf(text, start, end),
	speaker,
});

/** Captions in seconds, each with its lines in one text. */
const captions = (segments: Segment[], more = {}) =>
	cuesOf(transcriptOf(segments), { ...PLAIN, ...more }).map(({ start, end, lines }) => ({
		start: start / 1000,
		end: end / 1000,
		text: lines.join('\n'),
	}));

const FULL = 'This sentence is long enough to need two lines of a caption, and no more than two.';
const OTHER = 'Another one of about that length, which somebody says at the very same time.';

describe('captions of people who talk at once', () => {
	it('show what is said in between on a line of its own, where there is room', () => {
		const given = [by('Ann', 'I think we should', 0, 3), by('Bob', 'Yes!', 0.5, 0.9)];

		expect(captions(given)).toEqual([{ start: 0, end: 3, text: 'I think we should\nYes!' }]);
	});

	it('say in the same caption who says what', () => {
		const given = [by('Ann', 'I think we should', 0, 3), by('Bob', 'Yes!', 0.5, 0.9)];

		expect(captions(given, { speakers: true })[0]!.text).toBe('Ann: I think we should\nBob: Yes!');
	});

	it.each([
		['the same time', 0, 5],
		['half a second later', 0.5, 5],
		['within the other one', 2, 2.2],
	])('stay long enough to be read at %s', (_when, start, end) => {
		const cues = captions([by('Ann', FULL, 0, 5), by('Bob', OTHER, start, end)]);

		expect(cues.map(({ text }) => text.replace('\n', ' '))).toEqual([FULL, OTHER]);
		for (const cue of cues) expect(cue.end - cue.start).toBeGreaterThanOrEqual(2);
		// and not long after it was said
		expect(cues[1]!.start - start).toBeLessThanOrEqual(2);
	});

	it('do not fall behind more and more while two go on talking', () => {
		const both = Array.from({ length: 50 }, (_, n) => [
			by('Ann', FULL, n * 5, n * 5 + 5),
			by('Bob', OTHER, n * 5 + 1, n * 5 + 5),
		]).flat();

		const cues = captions(both);

		expect(cues).toHaveLength(100);
		cues.forEach(({ start, end }, index) => {
			expect(start - both[index]!.start!).toBeLessThanOrEqual(2);
			expect(end - start).toBeGreaterThan(0.799);
		});
	});

	it('name the one who goes on after somebody else', () => {
		const long = by('Ann', `${FULL} ${FULL}`, 0, 12);
		const given = [long, by('Bob', OTHER, 5, 5.5)];

		const texts = captions(given, { speakers: true }).map(({ text }) => text);

		const bobs = texts.findIndex((text) => text.startsWith('Bob: '));
		expect(bobs).toBeGreaterThan(0);
		expect(texts[bobs + 1]).toMatch(/^Ann: /);
	});
});

describe('the shortest caption', () => {
	it('stays longer than its words where nothing follows at once', () => {
		expect(captions([segmentOf('Hi.', 1, 1.2), segmentOf('So.', 5, 5.1)])).toEqual([
			{ start: 1, end: 1.8, text: 'Hi.' },
			{ start: 5, end: 5.8, text: 'So.' },
		]);
	});

	it('is joined with the next one where that follows at once', () => {
		const words = 'each word is a segment of its own'.split(' ');
		const cues = captions(words.map((word, n) => segmentOf(word, n * 0.25, n * 0.25 + 0.25)));

		expect(cues.map(({ text }) => text).join(' ')).toBe(words.join(' '));
		for (const { start, end } of cues) expect(end - start).toBeGreaterThan(0.799);
	});

	it.each([
		['at the beginning', 0, 0],
		['nowhere', null, null],
		['at one moment', 60, 60],
		['backwards', 60, 30],
	])('has time to be read where the times of all lie %s', (_where, start, end) => {
		const cues = captions(Array.from({ length: 20 }, () => segmentOf(FULL, start, end)));

		expect(cues).toHaveLength(20);
		for (const cue of cues) expect(cue.end - cue.start).toBeGreaterThan(0.799);
	});
});

describe('the options of captions', () => {
	it('set the longest time', () => {
		expect(captions([segmentOf('Hm.', 0, 60)])[0]).toMatchObject({ start: 0, end: 7 });
		expect(captions([segmentOf('Hm.', 0, 60)], { longestCueSeconds: 3 })[0]!.end).toBe(3);
	});

	it('set the speed of readers', () => {
		const given = [segmentOf('Twenty characters ..', 0, 0.5)];

		expect(captions(given)[0]!.end).toBe(1);
		expect(captions(given, { charactersPerSecond: 10 })[0]!.end).toBe(2);
	});

	it('set the lines', () => {
		const given = [segmentOf('one two three four', 0, 4)];
		const narrow = { charactersPerLine: 10 };

		expect(captions(given, narrow).map(({ text }) => text)).toEqual(['one two\nthree four']);
		expect(captions(given, { ...narrow, linesPerCue: 1 }).map(({ text }) => text)).toEqual([
			'one two',
			'three four',
		]);
	});

	it.each([
		['Chinese', '今天天气很好我们去公园玩吧', 20],
		['Japanese', 'きょうはとてもいい天気ですね', 20],
		['Korean', '안녕하세요 여러분 반갑습니다', 20],
		['full-width Latin', 'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮ', 20],
		['emoji', '🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉', 20],
	])('count a character of %s as two', (_script, text, charactersPerLine) => {
		const lines = captions([segmentOf(text, 0, 5)], { charactersPerLine })[0]!.text.split('\n');

		expect(lines.join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''));
		expect(lines.length).toBeGreaterThan(1);
		for (const line of lines) expect([...line].length).toBeLessThanOrEqual(11);
	});

	it.each(['Thai', 'Lao', 'Khmer', 'Burmese', 'Chinese', 'Japanese'])(
		'put no blanks into %s',
		(script) => {
			const text = WITHOUT_BLANKS[script]!.repeat(6);

			const lines = captions([segmentOf(text, 0, 20)]).flatMap((cue) => cue.text.split('\n'));

			expect(lines.length).toBeGreaterThan(1);
			expect(lines.join('')).toBe(text);
		},
	);
});

const WITHOUT_BLANKS: Record<string, string> = {
	Thai: 'วันนี้อากาศดีมาก',
	Lao: 'ມື້ນີ້ອາກາດດີຫຼາຍ',
	Khmer: 'ថ្ងៃនេះអាកាសធាតុល្អណាស់',
	Burmese: 'ဒီနေ့ရာသီဥတုအရမ်းကောင်းတယ်',
	Chinese: '今天天气很好。',
	Japanese: '今日はとても天気がいい。',
};

describe('the default settings', () => {
	it('are those that the panel shows', () => {
		expect(DEFAULT_SETTINGS).toMatchObject({
			charactersPerLine: 42,
			linesPerCue: 2,
			longestCueSeconds: 7,
			shortestCueSeconds: 0.8,
		});
	});
});
