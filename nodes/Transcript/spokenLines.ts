import { charactersOf, joined, piecesOf } from './lineBreaks';
import type { Segment, Transcript } from '../shared/transcript/transcript';
import { readableSegments } from './segmentTexts';
import { sentencesOf } from './sentences';
import { spansOf } from './spokenTimes';
import type { Span, SpanOf } from './spokenTimes';

/** A sentence, or as much of it as stands in one segment. */
export interface SpokenLine extends Span {
	speaker: string | null;
	text: string;
}

/** A line that can be cut. */
export interface CuttableLine {
	said: SpokenLine;
	/** When parts of its text are spoken. */
	spans: SpanOf;
}

/**
 * A transcript's sentences, each in its lines: a sentence that goes on in the next segment of the
 * same speaker has a line a segment.
 */
export function sentencesWithTimes(transcript: Transcript): CuttableLine[][] {
	return turnsOf(readableSegments(transcript)).flatMap(sentencesOfTurn);
}

/** Segments in a row that have the same speaker. */
function turnsOf(segments: Segment[]): Segment[][] {
	const turns: Segment[][] = [];
	for (const segment of segments) {
		const turn = turns.at(-1);
		if (turn && turn[0]!.speaker === segment.speaker) turn.push(segment);
		else turns.push([segment]);
	}
	return turns;
}

function sentencesOfTurn(turn: Segment[]): CuttableLine[][] {
	const text = joined(turn.map((segment) => segment.text));
	const ends = offsetsBehind(sentencesOf(text));
	const sentences: CuttableLine[][] = [[]];
	let next = 0;
	let begin = 0;
	for (const segment of turn) {
		if (text[begin] === ' ') begin++;
		const spans = spansOf(segment);
		const end = begin + segment.text.length;
		let to = begin;
		for (let from = begin; from < end; from = to) {
			if (ends[next]! <= from) {
				sentences.push([]);
				next++;
			}
			to = Math.min(ends[next]!, end);
			sentences.at(-1)!.push(lineOf(segment, spans, from - begin, to - begin));
		}
		begin = end;
	}
	return sentences;
}

function offsetsBehind(parts: string[]): number[] {
	let passed = 0;
	return parts.map((part) => (passed += part.length));
}

function lineOf({ speaker, text }: Segment, spans: SpanOf, from: number, to: number): CuttableLine {
	return {
		said: { ...spans(from, to), speaker, text: text.slice(from, to).trim() },
		spans: (partFrom, partTo) => spans(from + partFrom, from + partTo),
	};
}

/**
 * Cuts a line into parts that each fit, between words; a word that does not fit between its
 * characters as a reader counts them. What cannot be cut any further is a part, fit or not.
 *
 * @param fits whether a part is short enough
 */
export function cutLine(line: CuttableLine, fits: (part: SpokenLine) => boolean): SpokenLine[] {
	const part = (from: number, to: number): SpokenLine => ({
		...line.said,
		...line.spans(from, to),
		text: line.said.text.slice(from, to).trim(),
	});
	const parts: SpokenLine[] = [];
	let from = 0;
	let to = 0;
	for (const end of cutsOf(line.said.text, (begin, until) => fits(part(begin, until)))) {
		if (to > from && !fits(part(from, end))) {
			parts.push(part(from, to));
			from = to;
		}
		to = end;
	}
	// a blank within what is cut between its characters may last longer than a part
	return [...parts, part(from, to)].filter(({ text }) => text !== '');
}

/** Where a text may be cut: behind each word, and behind each character of a word that does not fit. */
function cutsOf(text: string, fits: (from: number, to: number) => boolean): number[] {
	let passed = 0;
	return piecesOf(text, Infinity).flatMap(({ text: word, afterBlank }, index) => {
		const begin = passed + (index > 0 && afterBlank ? 1 : 0);
		passed = begin + word.length;
		if (fits(begin, passed)) return [passed];
		return offsetsBehind(charactersOf(word)).map((offset) => begin + offset);
	});
}
