import type { Transcript } from '../shared/transcript/transcript';
import type { FileSettings } from './captionSettings';
import { inTime, joined } from './cueTimes';
import { piecesOf, widthOf } from './lineBreaks';
import type { Piece } from './lineBreaks';
import { letterCount, timedSegments } from './segmentTimes';
import type { Time, TimedSegment } from './segmentTimes';
import { labelOf } from './speakerLabel';

const LONGEST_PAUSE_MILLISECONDS = 1500;

/** A caption. */
export interface Cue extends Time {
	lines: string[];
	/** Who speaks last in it. */
	speaker: string | null;
	/** Whether it says who speaks. */
	isLabelled: boolean;
}

/** A caption of one segment. */
interface SegmentCue extends Cue {
	/** How many pieces its lines are made of. */
	pieceCount: number;
	/** Makes them again: those of a long recording would take too much memory. */
	pieces(): TimedPiece[];
}

/** A piece of text that stands on one line, with its time. */
interface TimedPiece extends Piece, Time {}

/** The captions of a transcript, in order: none overlaps another, and each has at least a line. */
export function cuesOf(transcript: Transcript, settings: FileSettings): Cue[] {
	const segments = timedSegments(transcript);
	const cues = segments.flatMap((one, index) => {
		const before = segments[index - 1]?.segment;
		const label = settings.speakers ? labelOf(one.segment, before) : '';
		return cuesOfSegment(one, label, settings);
	});
	cues.sort(byStart);
	const labelled = settings.speakers ? withTurns(cues, settings) : cues;
	return inTime(joined(labelled, settings), settings);
}

function byStart(one: Time, other: Time): number {
	return one.start - other.start;
}

function cuesOfSegment(one: TimedSegment, label: string, settings: FileSettings): SegmentCue[] {
	const piecesOfSegment = () => timedPieces(one, label, settings.charactersPerLine);
	const turn = { speaker: one.segment.speaker, isLabelled: label !== '' };
	let passed = 0;
	return packed(piecesOfSegment(), turn, settings).map((cue) => {
		const [from, to] = [passed, passed + cue.pieceCount];
		passed = to;
		return Object.assign(cue, { pieces: () => piecesOfSegment().slice(from, to) });
	});
}

/** Pieces in as few captions as they fit into; a pause ends one. */
function packed(
	pieces: TimedPiece[],
	turn: Pick<Cue, 'speaker' | 'isLabelled'>,
	settings: FileSettings,
): Array<Cue & Pick<SegmentCue, 'pieceCount'>> {
	const longest = settings.longestCueSeconds * 1000;
	const cues: Array<Cue & Pick<SegmentCue, 'pieceCount'>> = [];
	let width = 0;
	for (const piece of pieces) {
		const { start, end, text } = piece;
		const cue = cues.at(-1);
		const isNear = cue && start - cue.end <= LONGEST_PAUSE_MILLISECONDS;
		const isSoon = cue && end - cue.start <= longest;
		const added = isNear && isSoon ? addPiece(cue.lines, width, piece, settings) : undefined;
		if (cue && added !== undefined) {
			cue.end = end;
			cue.pieceCount++;
		} else {
			const isLabelled = !cue && turn.isLabelled;
			cues.push({ ...turn, start, end, lines: [text], pieceCount: 1, isLabelled });
		}
		width = added ?? piece.width;
	}
	return cues;
}

/** Adds a piece to a cue's lines; gives the last line's width, and undefined where there is no room. */
function addPiece(
	lines: string[],
	width: number,
	{ text, width: more, afterBlank }: TimedPiece,
	{ charactersPerLine, linesPerCue }: FileSettings,
): number | undefined {
	const blank = afterBlank ? ' ' : '';
	const whole = width + blank.length + more;
	if (whole <= charactersPerLine) {
		lines[lines.length - 1] += blank + text;
		return whole;
	}
	if (lines.length >= linesPerCue) return undefined;
	lines.push(text);
	return more;
}

/** A segment's text in pieces for lines, each with the time at which it is spoken. */
function timedPieces(
	{ segment, letterTimes }: TimedSegment,
	label: string,
	charactersPerLine: number,
): TimedPiece[] {
	const pieces: TimedPiece[] = [];
	const timeOf = letterTimes();
	let passed = -letterCount(label);
	let earliest = 0;
	for (const { text, width, afterBlank } of piecesOf(label + segment.text, charactersPerLine)) {
		const letters = letterCount(text);
		if (letters === 0) continue;
		const { start, end } = timeOf(passed, passed + letters);
		passed += letters;
		earliest = Math.max(Math.round(start), earliest);
		const until = Math.max(Math.round(end), earliest);
		// named one by one: a copy by spreading takes ten times as long, for each word of a recording
		pieces.push({ text, width, afterBlank, start: earliest, end: until });
	}
	return pieces;
}

/** Says who speaks in captions before which somebody else had the word. */
function withTurns(cues: SegmentCue[], settings: FileSettings): Cue[] {
	return cues.flatMap((cue, index): Cue[] => {
		const label = cue.isLabelled ? '' : labelOf(cue, cues[index - 1] ?? cue);
		if (label === '') return [cue];
		const pieces = labelledPieces(label, cue.pieces(), settings.charactersPerLine);
		return packed(pieces, { speaker: cue.speaker, isLabelled: true }, settings);
	});
}

function labelledPieces(label: string, pieces: TimedPiece[], longest: number): TimedPiece[] {
	const [first, ...others] = pieces;
	if (!first) return [];
	const text = label + first.text;
	const width = widthOf(text);
	if (width <= longest) return [{ ...first, text, width }, ...others];
	const ahead = piecesOf(label, longest).map((piece) => ({
		...piece,
		start: first.start,
		end: first.start,
	}));
	return [...ahead, { ...first, afterBlank: true }, ...others];
}
