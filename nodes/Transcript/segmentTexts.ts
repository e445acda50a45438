import { spacedText } from './lineBreaks';
import type { Segment, Transcript } from '../shared/transcript/transcript';

const BLANKS = /[\s\p{Cc}]+/gu;

/**
 * A transcript's segments as they are read: each with its text on one line, made of its words where
 * it has none, and without those in which nothing is said. A transcript that has only a text is one
 * segment.
 */
export function readableSegments(transcript: Transcript): Segment[] {
	const segments = transcript.segments
		.map((segment) => ({
			...segment,
			text: oneLine(segment.text) || oneLine(spacedText(segment.words)),
		}))
		.filter(({ text }) => text !== '');
	return segments.length > 0 ? segments : wholeOf(transcript);
}

/** A transcript that has only a text as one segment; none where it has no text. */
function wholeOf({ text, durationSeconds }: Transcript): Segment[] {
	const line = oneLine(text ?? '');
	if (line === '') return [];
	const start = durationSeconds === null ? null : 0;
	return [{ start, end: durationSeconds, speaker: null, text: line, words: [] }];
}

/** A text on one line, with one blank where it has some. */
export function oneLine(text: string): string {
	return text.replace(BLANKS, ' ').trim();
}
