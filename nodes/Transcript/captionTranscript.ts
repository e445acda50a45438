import { speakersOf } from '../shared/transcript/speakers';
import type { Segment, Transcript } from '../shared/transcript/transcript';
import { readCaptions } from './captionLines';
import { saidIn } from './captionMarkup';
import { spacedText } from './lineBreaks';

/**
 * A text of SRT or WebVTT as the common Transcript, a segment for each caption, in the order of their
 * times. Who speaks is known from voices of WebVTT alone: a name with a colon is text.
 *
 * @param fileName the file's name; null where there is none
 * @throws FlawedTranscript where it is none, or the times of a caption cannot be read
 */
export function transcriptOfCaptions(text: string, fileName: string | null): Transcript {
	const { cues, isVtt, language } = readCaptions(text);
	const segments = cues.flatMap(({ start, end, text: written }): Segment[] =>
		saidIn(written, isVtt).map((said) => ({
			start,
			end,
			speaker: said.speaker,
			text: onOneLine(said.text),
			words: [],
		})),
	);
	segments.sort((one, other) => Number(one.start) - Number(other.start));
	return {
		provider: null,
		id: null,
		status: 'completed',
		text: spacedText(segments),
		language,
		durationSeconds: null,
		speechDetected: null,
		speakers: speakersOf(segments),
		segments,
		error: null,
		fileName,
	};
}

/** Lines as one, with blanks where their scripts have them. */
function onOneLine(text: string): string {
	return spacedText(text.split('\n').map((line) => ({ text: line })));
}
