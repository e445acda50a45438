import { CAPTION_PARSERS, linesOf, segmentOf, transcriptOf } from './captionParsers';
import type { Cue } from './captionParsers';
import { breakCases, itWithUnicodeData } from './unicodeData';
import type { BreakCase } from './unicodeData';

const LONGEST_LINE = 42;
/** Seconds that each case has for itself. */
const EACH = 100;

const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

const charactersIn = (text: string) =>
	Array.from(CHARACTERS.segment(text), ({ segment }) => segment);

/** What a caption may drop of a text: blanks at a line's end, and what cannot be seen at all. */
const visible = (text: string) => text.replace(/[\s\p{Cc}]/gu, '');

/** The lines that captions make of each of many texts. */
function linesOfEach(texts: string[]): string[][] {
	const [format, cuesOf] = CAPTION_PARSERS[2];
	const segments = texts.map((text, index) => segmentOf(text, index * EACH, index * EACH + 50));
	const cues: Cue[][] = texts.map(() => []);
	for (const cue of cuesOf(transcriptOf(segments))) cues[Math.floor(cue.start / EACH)]!.push(cue);
	return cues.map((ofText) => linesOf(format, ofText));
}

/** Where pieces or lines end in a text, in visible characters from its start. */
function endsOf(pieces: string[]): number[] {
	let passed = 0;
	return pieces.map((piece) => (passed += visible(piece).length));
}

/**
 * The cases in which captions break a line where Unicode has no break, at whatever place of a line
 * they come to stand.
 *
 * @param behind what stands between the case and the word that it is moved along the line by
 */
function wrongBreaks(cases: BreakCase[], behind: string): string[] {
	const wrong: string[] = [];
	for (let length = 1; length <= LONGEST_LINE; length++) {
		const before = 'x'.repeat(Math.max(length - behind.trim().length, 0)) + behind;
		const reaching = cases.filter(({ pieces }) => pieces.join('').length > LONGEST_LINE - length);
		const texts = reaching.map(({ pieces }) => before + pieces.join(''));
		linesOfEach(texts).forEach((lines, index) => {
			const { name, pieces } = reaching[index]!;
			const begin = visible(before).length;
			const ends = endsOf(pieces).map((end) => begin + end);
			const isWrong = endsOf(lines).some((end) => end > begin && !ends.includes(end));
			const isWhole = visible(lines.join('')) === visible(texts[index]!);
			if (isWrong || !isWhole) wrong.push(`${name}: ${JSON.stringify(lines)}`);
		});
	}
	return wrong;
}

describe('the break tests of Unicode', () => {
	itWithUnicodeData('are there', () => {
		expect(breakCases('GraphemeBreakTest').length).toBeGreaterThan(500);
		expect(breakCases('LineBreakTest').length).toBeGreaterThan(7000);
	});
});

describe('a line of a caption', () => {
	itWithUnicodeData('never ends within a character, however many code points it is made of', () => {
		const cases = breakCases('GraphemeBreakTest');
		// the others have changed between the Unicode of the file and that of this Node.js
		const agreed = cases.filter(
			({ pieces }) => pieces.join('|') === charactersIn(pieces.join('')).join('|'),
		);

		expect(agreed.length).toBeGreaterThan(cases.length * 0.95);
		expect(wrongBreaks(agreed, '')).toEqual([]);
		expect(wrongBreaks(agreed, '漢字')).toEqual([]);
	});

	itWithUnicodeData('ends only where Unicode lets a line end', () => {
		// a mark at the beginning would make one word of the case and what it is moved by
		const cases = breakCases('LineBreakTest').filter(
			({ pieces }) => charactersIn(` ${visible(pieces.join(''))}`)[0] === ' ',
		);

		expect(cases.length).toBeGreaterThan(6000);
		expect(wrongBreaks(cases, ' ')).toEqual([]);
	});
});
