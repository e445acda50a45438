import type { Segment, Transcript } from '../shared/transcript/transcript';
import type { TranscriptPiece } from './pieces';
import { oneLine } from './segmentTexts';
import { sentencesOf } from './sentences';
import { speakersOf } from '../shared/transcript/speakers';
import type { SpokenLine } from './spokenLines';

/** A piece whose text may have been changed, and of which only the first fields are certain. */
export interface ChangedPiece extends Pick<
	TranscriptPiece,
	'number' | 'start' | 'end' | 'speakers' | 'text'
> {
	lines?: SpokenLine[];
	transcript?: Partial<TranscriptPiece['transcript']>;
	/** Of the changed text. */
	language?: string;
}

/** What chat models put around a text. */
const FENCE = /^\s*```/;

/**
 * Makes a transcript of its pieces again, whose texts may have been changed in between: a text with
 * as many lines as its piece goes onto the times and speakers of these lines; any other is spread
 * over the piece sentence by sentence, as much of it on each line as the line had.
 *
 * @param pieces in their order, of one transcript
 */
export function transcriptOfPieces(pieces: ChangedPiece[]): Transcript {
	const { provider, id, durationSeconds, fileName } = pieces[0]?.transcript ?? {};
	const segments = pieces.flatMap(segmentsOfPiece);
	return {
		provider: provider ?? null,
		id: id ?? null,
		status: 'completed',
		text: segments.map(({ text }) => text).join('\n'),
		language: languageOf(pieces),
		durationSeconds: durationSeconds ?? null,
		speechDetected: segments.length > 0 ? true : null,
		speakers: speakersOf(segments),
		segments,
		error: null,
		fileName: fileName ?? null,
	};
}

/** The language that the pieces are said to have, else the original's where nothing was changed. */
function languageOf(pieces: ChangedPiece[]): string | null {
	const given = new Set(pieces.map(({ language }) => language));
	const [language] = given;
	if (given.size === 1 && language) return language;
	return pieces.every(isUnchanged) ? (pieces[0]?.transcript?.language ?? null) : null;
}

function isUnchanged({ text, lines = [] }: ChangedPiece): boolean {
	return text === lines.map((line) => line.text).join('\n');
}

function segmentsOfPiece(piece: ChangedPiece): Segment[] {
	const originals = piece.lines?.length ? piece.lines : [wholeOf(piece)];
	const texts = linesOf(piece.text);
	if (texts.length !== originals.length) return spread(texts, originals);
	return originals.map(({ start, end, speaker }, index) => ({
		start,
		end,
		speaker,
		text: texts[index]!,
		words: [],
	}));
}

/** A piece that lost its lines as a single one. */
function wholeOf({ start, end, speakers }: ChangedPiece): SpokenLine {
	const speaker = speakers.length === 1 ? speakers[0]! : null;
	return { start, end, speaker, text: '' };
}

function linesOf(text: string): string[] {
	const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => !FENCE.test(line));
	return lines.map(oneLine).filter((line) => line !== '');
}

/** Puts texts onto the times of lines of another number, each sentence as a segment. */
function spread(texts: string[], lines: SpokenLine[]): Segment[] {
	const sentences = texts.flatMap(sentencesOf).map(oneLine);
	const place = placesOn(lines);
	const length = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
	let passed = 0;
	return sentences.map((text) => {
		const from = place(passed / length);
		passed += text.length;
		const { end } = place(passed / length, true);
		return { start: from.start, end, speaker: from.speaker, text, words: [] };
	});
}

type Place = Pick<SpokenLine, 'start' | 'end' | 'speaker'>;

/** Tells where a share (0 to 1) of the lines' letters has been spoken: both times are that place. */
function placesOn(lines: SpokenLine[]): (share: number, isEnd?: boolean) => Place {
	const lengths = lines.map(({ text }) => Math.max(text.length, 1));
	const total = lengths.reduce((sum, each) => sum + each);
	return (share, isEnd = false) => {
		let left = share * total;
		let index = 0;
		// where one line ends and the next begins, an end belongs to the first and a start to the next
		while (index < lines.length - 1 && (isEnd ? left > lengths[index]! : left >= lengths[index]!)) {
			left -= lengths[index]!;
			index++;
		}
		const { start, end, speaker } = lines[index]!;
		const time =
			start === null || end === null
				? null
				: start + (Math.max(end - start, 0) * left) / lengths[index]!;
		return { start: time ?? start, end: time ?? end, speaker };
	};
}
