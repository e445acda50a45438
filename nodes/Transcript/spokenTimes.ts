import type { Segment, Word } from '../shared/transcript/transcript';
import { firstPlace } from './firstPlace';
import { letterCount } from './segmentTimes';

/** When something is spoken, in seconds from the start; null where nobody knows. */
export interface Span {
	start: number | null;
	end: number | null;
}

/** Gives when a part of a segment's text is spoken, by its offsets in the text as JavaScript counts. */
export type SpanOf = (from: number, to: number) => Span;

interface TimedWord {
	start: number;
	end: number;
	/** How many letters are spoken once the word has ended. */
	letters: number;
}

const BLANKS = /[\s\p{Cc}]/u;

/** When a segment is spoken; its words tell where it does not. */
export function spanOf({ start, end, words }: Segment): Span {
	return {
		start: start ?? words.find((word) => word.start !== null)?.start ?? null,
		end: end ?? words.filter((word) => word.end !== null).at(-1)?.end ?? null,
	};
}

/**
 * When parts of a segment are spoken, by its words.
 *
 * @returns undefined where the segment has no words with times
 */
export function spansByWords(segment: Segment): SpanOf | undefined {
	const words = timedWords(segment);
	if (words.length === 0) return undefined;
	const spoken = words.at(-1)!.letters;
	const lettersBefore = letterCounter(segment.text);
	const written = Math.max(lettersBefore(segment.text.length), 1);
	// the words may be spelt otherwise than the text: their letters are then spread over it
	const wordAt = (letter: number) => wordWith(words, Math.floor((letter * spoken) / written));
	return (from, to) => {
		const first = lettersBefore(from);
		const last = Math.max(lettersBefore(to) - 1, first);
		return { start: wordAt(first).start, end: wordAt(last).end };
	};
}

/** When parts of a segment are spoken: by its words, else as if each letter took the same time. */
export function spansOf(segment: Segment): SpanOf {
	const byWords = spansByWords(segment);
	if (byWords) return byWords;
	const { start, end } = spanOf(segment);
	const lettersBefore = letterCounter(segment.text);
	const written = Math.max(lettersBefore(segment.text.length), 1);
	return (from, to) => {
		if (start === null || end === null) return { start, end };
		const length = Math.max(end - start, 0);
		const timeAt = (offset: number) => start + (length * lettersBefore(offset)) / written;
		return { start: timeAt(from), end: timeAt(to) };
	};
}

/** A segment's words with their times; those between known times fill what is missing. */
function timedWords(segment: Segment): TimedWord[] {
	const words = segment.words.filter(({ text }) => letterCount(text) > 0);
	if (!words.some(({ start, end }) => start !== null || end !== null)) return [];
	const { start, end } = spanOf(segment);
	let known = start;
	let letters = 0;
	const timed: TimedWord[] = [];
	for (const [index, word] of words.entries()) {
		const from: number | null = word.start ?? known;
		const until: number | null = word.end ?? nextStart(words, index) ?? end ?? from;
		if (from === null || until === null) return [];
		known = Math.max(from, until);
		letters += letterCount(word.text);
		timed.push({ start: from, end: known, letters });
	}
	return timed;
}

function nextStart(words: Word[], index: number): number | null {
	return words[index + 1]?.start ?? null;
}

function wordWith(words: TimedWord[], letter: number): TimedWord {
	return words[firstPlace(words.length, (place) => words[place]!.letters > letter)]!;
}

/** Counts what is no blank before an offset; the text is read once, at the first call. */
function letterCounter(text: string): (offset: number) => number {
	let counts: Int32Array | undefined;
	return (offset) => {
		counts ??= letterCounts(text);
		return counts[Math.min(offset, text.length)]!;
	};
}

function letterCounts(text: string): Int32Array {
	const counts = new Int32Array(text.length + 1);
	for (let index = 0; index < text.length; index++) {
		counts[index + 1] = counts[index]! + (BLANKS.test(text[index]!) ? 0 : 1);
	}
	return counts;
}
