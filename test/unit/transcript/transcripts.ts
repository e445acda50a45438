import type { Segment, Transcript } from '../../../nodes/shared/transcript/transcript';
import { speakersOf } from '../../../nodes/shared/transcript/speakers';

/** What somebody said, without words of its own. */
export function said(
	text: string,
	start: number | null,
	end: number | null,
	speaker: string | null = null,
): Segment {
	return { start, end, speaker, text, words: [] };
}

/** The words of a text, one a second. */
export function wordsOf(text: string, start = 0): Segment['words'] {
	return text.split(' ').map((word, index) => ({
		start: start + index,
		end: start + index + 1,
		text: word,
		confidence: null,
	}));
}

/** A transcript as providers give it. */
export function transcriptOf(segments: Segment[], more: Partial<Transcript> = {}): Transcript {
	return {
		provider: 'scriptivox',
		id: null,
		status: 'completed',
		text: segments.length > 0 ? segments.map(({ text }) => text).join(' ') : null,
		language: null,
		durationSeconds: null,
		speechDetected: null,
		speakers: speakersOf(segments),
		segments,
		error: null,
		fileName: null,
		...more,
	};
}
