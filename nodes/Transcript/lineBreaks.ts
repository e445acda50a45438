import { atFirstUse } from './atFirstUse';
import { segmenterOf } from './segmenters';

/** A part of a text that a line does not break. */
export interface Piece {
	text: string;
	/** In characters, a full-width one as two. */
	width: number;
	/** Whether a blank parts it from the piece before, on the same line. */
	afterBlank: boolean;
}

/** Longer texts are segmented part by part: Node.js 20 takes the square of a text's length for it. */
const LONGEST_AT_ONCE = 256;

/** As much of a text's end as a look at its last character needs. */
const LONGEST_END = 32;

const ASCII = /^[\x20-\x7e]*$/;

/** Letters of Latin, Greek, Cyrillic, Chinese and Japanese that are a character each. */
const ALONE =
	/^[\x20-\x7e\xa1-\xa8\xaa-\xac\xaf-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u201f\u3001-\u3029\u3041-\u3096\u30a1-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*$/;

/** What is two columns wide (Unicode Standard Annex 11: wide and full-width). */
const WIDE =
	/[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const EVERY_WIDE = new RegExp(WIDE, 'gu');

// every blank but those that hold a line together
const BLANK = /^[\t\n\v\f\r\x85\u2028\u2029\p{Zs}]+$/u;
const GLUE = /[\u00a0\u2007\u202f]/;
const CONTROL = /(?![\t\n\v\f\r\x85])\p{Cc}/gu;

/**
 * Scripts that put no blanks between words, with their full-width punctuation, for a class of a
 * regular expression.
 */
export const WITHOUT_BLANKS =
	'\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Yiii}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}\\p{scx=Tale}\\p{scx=Talu}\\p{scx=Lana}\\p{scx=Tavt}\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1f';
/** Whether a text has characters of such scripts. */
export const hasWithoutBlanks = atFirstUse(() => new RegExp(`[${WITHOUT_BLANKS}]`, 'u'));
const endsWithoutBlank = atFirstUse(
	() => new RegExp(`(?=[\\p{L}\\p{P}])[${WITHOUT_BLANKS}]\\p{M}*$`, 'u'),
);
const beginsWithoutBlank = atFirstUse(
	() => new RegExp(`^(?=[\\p{L}\\p{P}])[${WITHOUT_BLANKS}]`, 'u'),
);

/** What ends no line: opening brackets and quotation marks (Unicode Standard Annex 14, LB14, LB15). */
const OPENING = /[\p{Ps}\p{Pi}¡¿⸘]\p{M}*$/u;

/** What begins no line: closing marks, and small or repeating kana (UAX 14, LB13, LB15 and LB21). */
const CLOSING =
	/^(?:(?!["'#@&*\\¡¿§¶†‡•…※⸘])[\p{Pe}\p{Pf}\p{Po}]|[\u2060\ufeff\u200b\u2044\u2762\u2763\u2cf9\u2cfe\u0e33\u0eb3〜゠々〻〼ー゛-ゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｰﾞﾟꀕ])/u;

/** What stays together over a blank: a quotation mark and a bracket, long dashes (UAX 14, LB15, LB17). */
const BOUND: ReadonlyArray<readonly [end: RegExp, begin: RegExp]> = [
	[/["'\p{Pi}\p{Pf}]\p{M}*$/u, /^[\p{Ps}¡¿⸘]/u],
	[/[\u2014\u2e3a\u2e3b]\p{M}*$/u, /^[\u2014\u2e3a\u2e3b]/u],
];

/** A text's characters as a reader counts them (grapheme clusters, Unicode Standard Annex 29). */
export function charactersOf(text: string): string[] {
	if (ALONE.test(text)) return text.split('');
	return segmentsOf(segmenterOf('grapheme'), text);
}

/** How wide a text is: the characters that a reader counts, a full-width one as two. */
export function widthOf(text: string): number {
	if (ASCII.test(text)) return text.length;
	if (ALONE.test(text)) return text.length + (text.match(EVERY_WIDE)?.length ?? 0);
	return charactersOf(text).reduce((width, character) => width + characterWidth(character), 0);
}

function characterWidth(character: string): number {
	return WIDE.test(character) ? 2 : 1;
}

/** A text's segments, in the order of the text; nothing of it is left out. */
export function segmentsOf(segmenter: Intl.Segmenter, text: string): string[] {
	const segments: string[] = [];
	let from = 0;
	let most = LONGEST_AT_ONCE;
	while (from < text.length) {
		const part = text.slice(from, from + most);
		const found = Array.from(segmenter.segment(part), ({ segment }) => segment);
		const isEnd = from + most >= text.length;
		// the last two may go on behind the part
		const whole = isEnd ? found : found.slice(0, -2);
		most = whole.length > 0 ? LONGEST_AT_ONCE : most * 2;
		for (const segment of whole) {
			segments.push(segment);
			from += segment.length;
		}
	}
	return segments;
}

/** Whether a blank belongs between two words: not where both are of scripts that write none. */
export function needsBlank(before: string, after: string): boolean {
	return !(endsWithoutBlank().test(before) && beginsWithoutBlank().test(after));
}

/** The text of words, with blanks where their scripts have them. */
export function spacedText(words: Array<{ text: string }>): string {
	return joined(words.map(({ text }) => text.trim()).filter(Boolean));
}

/** Texts in a row, with a blank between two where their scripts have them. */
export function joined(texts: string[]): string {
	return texts
		.map((text, index) => (index > 0 && needsBlank(texts[index - 1]!, text) ? ` ${text}` : text))
		.join('');
}

/**
 * Breaks a text into the pieces between which a line may end: at blanks, and between the words of
 * scripts without blanks, save where a piece would begin or end with what must not begin or end a
 * line. What is longer than a line is broken all the same, never within a character.
 *
 * @param longest the most characters on a line, a full-width one as two
 */
export function piecesOf(text: string, longest: number): Piece[] {
	return runsOf(text.replace(CONTROL, '')).flatMap((run) => fitting(run, longest));
}

/** A word of a text. */
interface Part {
	text: string;
	afterBlank: boolean;
}

/** What no line breaks, in its words between blanks. */
interface Run {
	words: string[];
	afterBlank: boolean;
}

function runsOf(text: string): Run[] {
	const runs: Run[] = [];
	for (const part of partsOf(text)) {
		const words = runs.at(-1)?.words ?? [];
		const last = words.at(-1) ?? '';
		if (last === '' || !mustStay(last.slice(-LONGEST_END), part)) {
			runs.push({ words: [part.text], afterBlank: part.afterBlank });
		} else if (part.afterBlank) {
			words.push(part.text);
		} else {
			words[words.length - 1] = last + part.text;
		}
	}
	return runs;
}

const PLAIN_END = /[A-Za-z0-9]$/;
const PLAIN_BEGIN = /^[A-Za-z0-9]/;

function mustStay(before: string, { text, afterBlank }: Part): boolean {
	// most of what is said: spares it the patterns of Unicode
	if (PLAIN_END.test(before) && PLAIN_BEGIN.test(text)) return !afterBlank;
	if (OPENING.test(before) || CLOSING.test(text)) return true;
	if (BOUND.some(([end, begin]) => end.test(before) && begin.test(text))) return true;
	return !afterBlank && needsBlank(before, text);
}

/** A text's words: what stands between blanks, taken apart further in scripts without blanks. */
function partsOf(text: string): Part[] {
	return chunksOf(text).flatMap((chunk) =>
		wordsOf(chunk).map((word, index) => ({ text: word, afterBlank: index === 0 })),
	);
}

/** What stands between blanks; a blank that carries an accent is none. */
function chunksOf(text: string): string[] {
	if (ASCII.test(text)) return text.split(' ').filter(Boolean);
	const chunks = [''];
	for (const character of charactersOf(text)) {
		if (BLANK.test(character) && !GLUE.test(character)) chunks.push('');
		else chunks.push(chunks.pop() + character);
	}
	return chunks.filter(Boolean);
}

function wordsOf(chunk: string): string[] {
	if (!hasWithoutBlanks().test(chunk)) return [chunk];
	return segmentsOf(segmenterOf('word'), chunk);
}

/** A run as one piece; where it is longer than a line, its first words go ahead of the rest. */
function fitting({ words, afterBlank }: Run, longest: number): Piece[] {
	const pieces: Piece[] = [];
	let left = words.reduce((sum, word) => sum + widthOf(word) + 1, -1);
	if (left <= longest) return [{ text: words.join(' '), width: left, afterBlank }];
	let next = 0;
	while (left > longest && next < words.length) {
		const word = words[next]!;
		pieces.push(...cut(word, longest));
		left -= widthOf(word) + 1;
		next++;
	}
	if (next < words.length) {
		pieces.push({ text: words.slice(next).join(' '), width: left, afterBlank: true });
	}
	return pieces.map((piece, index) => (index === 0 ? { ...piece, afterBlank } : piece));
}

/** A word in pieces of whole characters. */
function cut(word: string, longest: number): Piece[] {
	const pieces: Piece[] = [];
	for (const character of charactersOf(word)) {
		const width = characterWidth(character);
		const piece = pieces.at(-1);
		if (piece && piece.width + width <= longest) {
			piece.text += character;
			piece.width += width;
		} else {
			pieces.push({ text: character, width, afterBlank: pieces.length === 0 });
		}
	}
	return pieces;
}
