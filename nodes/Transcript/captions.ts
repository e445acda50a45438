import { lengthOf, piecesOf, spacedText } from './lineBreaks';
import type { Piece } from './lineBreaks';
import type { Segment, Transcript } from '../shared/transcript/transcript';

const LONGEST_LINE = 42;
const LINES_IN_CUE = 2;
const LONGEST_PAUSE_MILLISECONDS = 1500;
/** A reader's speed, for a segment that has no end. */
const CHARACTERS_PER_SECOND = 15;
/** What no recording reaches; times beyond it are no times. */
const LONGEST_SECONDS = 999 * 3600;

const BLANKS = /[\s\p{Cc}]+/gu;

/** How captions are written. */
export interface CaptionSettings {
	/** Whether to write who speaks, where it changes. */
	speakers: boolean;
}

interface Cue {
	/** Milliseconds from the start. */
	start: number;
	/** Milliseconds from the start. */
	end: number;
	lines: string[];
}

/** A time in milliseconds from the start. */
interface Time {
	start: number;
	end: number;
}

/** A piece of text that stands on one line, with its time. */
interface TimedPiece extends Piece, Time {}

/** A transcript as SubRip subtitles. */
export function toSrt(transcript: Transcript, settings: CaptionSettings): string {
	return cuesOf(transcript, settings)
		.map(({ start, end, lines }, index) => {
			const times = `${clock(start, ',')} --> ${clock(end, ',')}`;
			return `${index + 1}\n${times}\n${lines.map(withoutArrow).join('\n')}\n`;
		})
		.join('\n');
}

/** A transcript as WebVTT subtitles. */
export function toVtt(transcript: Transcript, settings: CaptionSettings): string {
	const cues = cuesOf(transcript, settings).map(({ start, end, lines }) => {
		const times = `${clock(start, '.')} --> ${clock(end, '.')}`;
		return `${times}\n${lines.map(escapeVtt).join('\n')}\n`;
	});
	return ['WEBVTT\n', ...cues].join('\n');
}

/** A transcript as plain text: a line a segment with speakers, else the text as it is. */
export function toText(transcript: Transcript, { speakers }: CaptionSettings): string {
	const { segments, text } = transcript;
	if (!speakers || segments.length === 0) {
		return text ?? segments.map((segment) => segment.text).join('\n');
	}
	return segments
		.map((segment, index) => labelOf(segment, segments[index - 1]) + segment.text)
		.join('\n');
}

function labelOf({ speaker }: Segment, before: Segment | undefined): string {
	return speaker !== null && speaker !== before?.speaker ? `${speaker}: ` : '';
}

function escapeVtt(line: string): string {
	return line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** SRT has no escapes: a line with an arrow could pass for the time of another cue. */
function withoutArrow(line: string): string {
	return line.replace(/-{2,}>/g, '->');
}

function clock(milliseconds: number, mark: string): string {
	const pad = (value: number, length: number) => String(value).padStart(length, '0');
	const seconds = Math.floor(milliseconds / 1000);
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	return `${parts.map((part) => pad(part, 2)).join(':')}${mark}${pad(milliseconds % 1000, 3)}`;
}

function cuesOf(transcript: Transcript, { speakers }: CaptionSettings): Cue[] {
	const segments = transcript.segments.length > 0 ? transcript.segments : wholeOf(transcript);
	const cues: Cue[] = [];
	segments.forEach((segment, index) => {
		const earliest = cues.at(-1)?.end ?? 0;
		const label = speakers ? labelOf(segment, segments[index - 1]) : '';
		cues.push(...cuesOfSegment(segment, label, earliest));
	});
	return inOrder(cues);
}

/** A transcript without segments as a single one. */
function wholeOf({ text, durationSeconds }: Transcript): Segment[] {
	return text ? [{ start: 0, end: durationSeconds, speaker: null, text, words: [] }] : [];
}

function cuesOfSegment(segment: Segment, label: string, earliest: number): Cue[] {
	const cues: Cue[] = [];
	for (const piece of timedPieces(segment, label, earliest)) {
		const current = cues.at(-1);
		const pause = current ? piece.start - current.end : 0;
		if (current && pause <= LONGEST_PAUSE_MILLISECONDS && addPiece(current.lines, piece)) {
			current.end = piece.end;
		} else {
			cues.push({ start: piece.start, end: piece.end, lines: [piece.text] });
		}
	}
	return cues;
}

/** Adds a piece to a cue's lines; returns whether there was room. */
function addPiece(lines: string[], { text, afterBlank }: TimedPiece): boolean {
	const added = `${lines.at(-1)}${afterBlank ? ' ' : ''}${text}`;
	if (lengthOf(added) <= LONGEST_LINE) lines[lines.length - 1] = added;
	else if (lines.length < LINES_IN_CUE) lines.push(text);
	else return false;
	return true;
}

/** A segment's text in pieces for lines, each with the time at which it is spoken. */
function timedPieces(segment: Segment, label: string, earliest: number): TimedPiece[] {
	const text = segment.text.trim() || spacedText(segment.words);
	const times = letterTimes(segment, text, earliest);
	const labelLetters = letterCount(label);
	const textLetters = letterCount(text);
	if (textLetters === 0) return [];
	// the words may be spelt otherwise than the text: their letters are then spread over it
	const timeOf = (letter: number): Time => {
		const index = Math.floor(((letter - labelLetters) * times.length) / textLetters);
		const { start, end } = times[Math.max(index, 0)]!;
		return index < 0 ? { start, end: start } : { start, end };
	};
	let passed = 0;
	return piecesOf(label + text, LONGEST_LINE).flatMap((piece) => {
		const letters = letterCount(piece.text);
		if (letters === 0) return [];
		passed += letters;
		const { start } = timeOf(passed - letters);
		return [{ ...piece, start: Math.round(start), end: Math.round(timeOf(passed - 1).end) }];
	});
}

/** How many letters a text has, blanks left out. */
function letterCount(text: string): number {
	return text.replace(BLANKS, '').length;
}

/** When each letter of a segment is spoken: from its words, else spread evenly over its time. */
function letterTimes(segment: Segment, text: string, earliest: number): Time[] {
	const words = segment.words.filter((word) => letterCount(word.text) > 0);
	const isTimed = words.length > 0 && words.every(({ start, end }) => isTime(start) && isTime(end));
	if (!isTimed) return spread(timeOfSegment(segment, text, earliest), letterCount(text));
	return words.flatMap((word) =>
		spread(
			{ start: Number(word.start) * 1000, end: Number(word.end) * 1000 },
			letterCount(word.text),
		),
	);
}

function timeOfSegment({ start, end }: Segment, text: string, earliest: number): Time {
	const from = isTime(start) ? Number(start) * 1000 : earliest;
	const spoken = (letterCount(text) / CHARACTERS_PER_SECOND) * 1000;
	return { start: from, end: isTime(end) ? Number(end) * 1000 : from + spoken };
}

function isTime(seconds: number | null): boolean {
	return seconds !== null && seconds >= 0 && seconds <= LONGEST_SECONDS;
}

/** A time in so many equal parts; one that runs backwards takes no time. */
function spread({ start, end }: Time, parts: number): Time[] {
	const length = Math.max(end - start, 0) / parts;
	return Array.from({ length: parts }, (_, part) => ({
		start: start + part * length,
		end: start + (part + 1) * length,
	}));
}

/** Cues that neither overlap nor run backwards, whatever times the provider gave. */
function inOrder(cues: Cue[]): Cue[] {
	let earliest = 0;
	return cues.map(({ start, end, lines }) => {
		const from = Math.max(start, earliest);
		const until = Math.max(end, from + 1);
		earliest = until;
		return { start: from, end: until, lines };
	});
}
