import type { Segment, Transcript, Word } from '../shared/transcript/transcript';
import { firstPlace } from './firstPlace';

/** A speaker's speed in letters, for what has no end. */
const LETTERS_PER_SECOND = 15;
/** What no recording reaches; times beyond it are no times. */
const LONGEST_SECONDS = 999 * 3600;

const BLANKS = /[\s\p{Cc}]+/gu;
const ASCII_WITHOUT_BLANKS = /^[\x21-\x7e]*$/;

/** A time in milliseconds from the start. */
export interface Time {
	start: number;
	end: number;
}

/** A segment with the time at which it is spoken. */
export interface TimedSegment extends Time {
	segment: Segment;
	/**
	 * Reads its words' times. Read anew at each call, as those of two hours would take too much memory.
	 *
	 * @returns when letters from one to another are spoken, in a count that leaves blanks out
	 */
	letterTimes(): (first: number, last: number) => Time;
}

/** How many letters a text has, blanks left out. */
export function letterCount(text: string): number {
	if (ASCII_WITHOUT_BLANKS.test(text)) return text.length;
	return text.replace(BLANKS, '').length;
}

/**
 * A transcript's segments in the order in which they begin, those without letters left out. A segment
 * without a start begins where the one before it ended; one without an end, or with one before its
 * start, takes as long as it is spoken. A transcript without segments is a single one.
 */
export function timedSegments(transcript: Transcript): TimedSegment[] {
	let earliest = 0;
	const timed: TimedSegment[] = [];
	for (const segment of transcript.segments.length > 0
		? transcript.segments
		: wholeOf(transcript)) {
		const letters = letterCount(segment.text);
		if (letters === 0) continue;
		const one = timedSegment(segment, letters, earliest);
		earliest = one.end;
		timed.push(one);
	}
	return timed.sort((one, other) => one.start - other.start);
}

function wholeOf({ text, durationSeconds }: Transcript): Segment[] {
	return text ? [{ start: 0, end: durationSeconds, speaker: null, text, words: [] }] : [];
}

function timedSegment(segment: Segment, letters: number, earliest: number): TimedSegment {
	const spansOf = () => spansOfWords(segment.words) ?? [spanOfSegment(segment, letters, earliest)];
	const spans = spansOf();
	return {
		segment,
		start: spans[0]!.start,
		end: spans.at(-1)!.end,
		letterTimes: () => timesIn(spansOf(), letters),
	};
}

/** When letters of a segment are spoken, by its spans. */
function timesIn(spans: Span[], letters: number): (first: number, last: number) => Time {
	const spoken = spans.at(-1)!.until;
	// the words may be spelt otherwise than the text: their letters are then spread over it
	const at = (letter: number) => (letter * spoken) / letters;
	return (first, last) => {
		const start = timeAt(spans, at(Math.max(first, 0)));
		// at the end of a word, not at the beginning of the next one
		return { start, end: Math.max(timeAt(spans, at(last), true), start) };
	};
}

/** A time that is spread evenly over letters. */
interface Span extends Time {
	/** The first letter. */
	from: number;
	/** The letter behind the last. */
	until: number;
}

/** The times of words; undefined where one has none, or all take no time. */
function spansOfWords(words: Word[]): Span[] | undefined {
	const spans: Span[] = [];
	let from = 0;
	let earliest = 0;
	for (const { text, start, end } of words) {
		const letters = letterCount(text);
		if (letters === 0) continue;
		if (!isTime(start) || !isTime(end)) return undefined;
		// one that runs backwards stands where the word before it began, and takes no time
		const begin = Math.max(start * 1000, earliest);
		spans.push({ from, until: from + letters, start: begin, end: Math.max(end * 1000, begin) });
		from += letters;
		earliest = begin;
	}
	const last = spans.at(-1);
	return last && last.end > spans[0]!.start ? spans : undefined;
}

function spanOfSegment({ start, end }: Segment, letters: number, earliest: number): Span {
	const begin = isTime(start) ? start * 1000 : earliest;
	const spoken = begin + (letters / LETTERS_PER_SECOND) * 1000;
	const isKnown = isTime(end) && end * 1000 > begin;
	return { from: 0, until: letters, start: begin, end: isKnown ? end * 1000 : spoken };
}

function isTime(seconds: number | null): seconds is number {
	return seconds !== null && seconds >= 0 && seconds <= LONGEST_SECONDS;
}

/** @param isEnd whether a letter at the end of a span counts to it */
function timeAt(spans: Span[], letter: number, isEnd = false): number {
	const { from, until, start, end } = spans[placeOf(spans, letter, isEnd)]!;
	return start + ((end - start) * (letter - from)) / (until - from);
}

function placeOf(spans: Span[], letter: number, isEnd: boolean): number {
	return firstPlace(spans.length, (place) => {
		const { until } = spans[place]!;
		return letter < until || (isEnd && letter === until);
	});
}
