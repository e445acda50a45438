import type { Transcript } from '../shared/transcript/transcript';
import { speakersOf } from '../shared/transcript/speakers';
import { cutLine, sentencesWithTimes } from './spokenLines';
import type { CuttableLine, SpokenLine } from './spokenLines';

/** How large a piece may be. */
export interface PieceLimits {
	/** As JavaScript counts a text's length; Infinity for no limit. */
	characters: number;
	/** From a piece's beginning to its end; Infinity for no limit. */
	seconds: number;
}

/** What a piece keeps of the transcript that it belongs to. */
export interface PieceSource extends Pick<
	Transcript,
	'provider' | 'id' | 'language' | 'durationSeconds' | 'fileName'
> {
	/** Which item it was, from 0, where several were cut in one run. */
	item: number;
	/** How many pieces there are. */
	pieces: number;
}

/** A part of a transcript for a language model or a search index. */
export interface TranscriptPiece {
	/** From 1. */
	number: number;
	start: number | null;
	end: number | null;
	speakers: string[];
	/** The text of its lines, a line each. */
	text: string;
	/** What was said when and by whom: a text that is changed is put back onto these times. */
	lines: SpokenLine[];
	transcript: PieceSource;
}

/**
 * Cuts a transcript into pieces, between its sentences where they fit, else between words.
 *
 * @param item which of several transcripts it is, from 0
 */
export function piecesOfTranscript(
	transcript: Transcript,
	limits: PieceLimits,
	item = 0,
): TranscriptPiece[] {
	const filled = new Filling(limits).filledWith(sentencesWithTimes(transcript));
	const { provider, id, language, durationSeconds, fileName } = transcript;
	const pieces = filled.length;
	return filled.map((lines, index) => ({
		number: index + 1,
		...spanOfLines(lines),
		speakers: speakersOf(lines),
		text: lines.map(({ text }) => text).join('\n'),
		lines,
		transcript: { provider, id, language, durationSeconds, fileName, item, pieces },
	}));
}

function spanOfLines(lines: SpokenLine[]): Pick<SpokenLine, 'start' | 'end'> {
	const ends = lines.flatMap(({ end }) => (end === null ? [] : [end]));
	return {
		start: lines.find(({ start }) => start !== null)?.start ?? null,
		end: ends.length === 0 ? null : ends.reduce((one, other) => Math.max(one, other)),
	};
}

/** Fills one piece after the other. */
class Filling {
	private readonly pieces: SpokenLine[][] = [];

	private piece: SpokenLine[] = [];

	private characters = 0;

	constructor(private readonly limits: PieceLimits) {}

	filledWith(sentences: CuttableLine[][]): SpokenLine[][] {
		for (const sentence of sentences) {
			const lines = sentence.map(({ said }) => said);
			if (!this.hasRoomFor(lines)) this.endPiece();
			if (this.hasRoomFor(lines)) this.add(lines);
			else for (const line of sentence) this.addCut(line);
		}
		this.endPiece();
		return this.pieces;
	}

	/** Adds a line of a sentence that is longer than a piece. */
	private addCut(line: CuttableLine): void {
		const isLonger = !this.fit([line.said], 0);
		const parts = isLonger ? cutLine(line, (part) => this.fit([part], 0)) : [line.said];
		for (const part of parts) {
			if (!this.hasRoomFor([part])) this.endPiece();
			this.add([part]);
		}
	}

	private hasRoomFor(lines: SpokenLine[]): boolean {
		return this.fit(lines, this.characters, this.piece[0]);
	}

	private fit(lines: SpokenLine[], characters: number, first = lines[0]): boolean {
		if (characters + charactersIn(lines) - 1 > this.limits.characters) return false;
		const start = first?.start ?? null;
		return lines.every(
			({ end }) => start === null || end === null || end - start <= this.limits.seconds,
		);
	}

	private add(lines: SpokenLine[]): void {
		this.piece.push(...lines);
		this.characters += charactersIn(lines);
	}

	private endPiece(): void {
		if (this.piece.length > 0) this.pieces.push(this.piece);
		this.piece = [];
		this.characters = 0;
	}
}

/** The characters of lines, their line ends included. */
function charactersIn(lines: SpokenLine[]): number {
	return lines.reduce((sum, { text }) => sum + text.length + 1, 0);
}
