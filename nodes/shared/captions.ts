import type { Segment, Transcript } from './transcript';

const LONGEST_LINE = 42;
const LINES_IN_CUE = 2;
const LONGEST_PAUSE_MILLISECONDS = 1500;
/** A reader's speed, for a segment that has no end. */
const CHARACTERS_PER_SECOND = 15;

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

interface TimedWord {
	start: number;
	end: number;
	text: string;
}

/** A transcript as SubRip subtitles. */
export function toSrt(transcript: Transcript, settings: CaptionSettings): string {
	return cuesOf(transcript, settings)
		.map(({ start, end, lines }, index) => {
			const times = `${clock(start, ',')} --> ${clock(end, ',')}`;
			return `${index + 1}\n${times}\n${lines.join('\n')}\n`;
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
	const words = timedWords(segment, earliest);
	words.forEach((word, index) => {
		const text = index === 0 ? label + word.text : word.text;
		const current = cues.at(-1);
		const pause = current ? word.start - current.end : 0;
		if (!current || pause > LONGEST_PAUSE_MILLISECONDS) {
			cues.push(...cuesOfText(text, word));
			return;
		}
		const overflow = addText(current.lines, text);
		if (overflow === undefined) current.end = word.end;
		else cues.push(...cuesOfText(overflow, word));
	});
	return cues;
}

/** One word, with its label, as cues of its own; several where it is longer than a cue. */
function cuesOfText(text: string, { start, end }: TimedWord): Cue[] {
	const cues: Cue[] = [];
	let rest: string | undefined = text;
	while (rest !== undefined) {
		const lines: string[] = [];
		rest = addText(lines, rest);
		cues.push({ start, end, lines });
	}
	return cues;
}

/** Adds words to a cue's lines; returns what did not fit. */
function addText(lines: string[], text: string): string | undefined {
	const pieces = text.split(' ').flatMap(shortPieces);
	for (const [index, piece] of pieces.entries()) {
		const line = lines.at(-1);
		if (line !== undefined && line.length + 1 + piece.length <= LONGEST_LINE) {
			lines[lines.length - 1] = `${line} ${piece}`;
		} else if (lines.length < LINES_IN_CUE) {
			lines.push(piece);
		} else {
			return pieces.slice(index).join(' ');
		}
	}
	return undefined;
}

function shortPieces(word: string): string[] {
	const characters = Array.from(word);
	const pieces: string[] = [];
	let piece = '';
	for (const character of characters) {
		if (piece.length + character.length > LONGEST_LINE) {
			pieces.push(piece);
			piece = '';
		}
		piece += character;
	}
	return piece ? [...pieces, piece] : pieces;
}

function timedWords(segment: Segment, earliest: number): TimedWord[] {
	const { words } = segment;
	const timed = words.length > 0 && words.every(({ start, end }) => start !== null && end !== null);
	if (!timed) return spreadWords(segment, earliest);
	return words
		.map(({ start, end, text }) => ({
			start: Math.round(Number(start) * 1000),
			end: Math.round(Number(end) * 1000),
			text: oneLine(text),
		}))
		.filter(({ text }) => text !== '');
}

/** A segment's words, with its time spread over them by their length. */
function spreadWords({ start, end, text }: Segment, earliest: number): TimedWord[] {
	const words = oneLine(text).split(' ').filter(Boolean);
	const characters = words.reduce((sum, word) => sum + word.length, 0);
	const from = start === null ? earliest : start * 1000;
	const until = end === null ? from + (characters / CHARACTERS_PER_SECOND) * 1000 : end * 1000;
	const perCharacter = Math.max(until - from, 0) / Math.max(characters, 1);
	let passed = 0;
	return words.map((word) => {
		const begins = from + passed * perCharacter;
		passed += word.length;
		return {
			start: Math.round(begins),
			end: Math.round(from + passed * perCharacter),
			text: word,
		};
	});
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
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
