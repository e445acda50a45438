import { spokenSentences, textOf } from '../shared/speech';

export { durationOf } from '../shared/speech';

/** A word as Scriptivox writes it; times are seconds. */
export interface Word {
	word: string;
	start: number;
	end: number;
	confidence: number;
}

/** One speaker's sentence. `speaker` stands there when diarized, `words` when aligned. */
export interface Utterance {
	start: number;
	end: number;
	text: string;
	speaker?: string;
	confidence: number;
	words?: Word[];
}

/** One speaker's sentence with all there is to know of it, whatever was asked for. */
export interface Sentence {
	speaker: string;
	start: number;
	end: number;
	confidence: number;
	words: Word[];
}

/** The `result` of a completed transcription (Scriptivox API reference). */
export interface Result {
	full_transcript: string;
	language: string;
	duration_seconds: number;
	speakers?: string[];
	utterances: Utterance[];
}

/** What a transcript is made from: nothing but the bytes that came and what was asked for. */
export interface TranscriptRequest {
	/** Lowercase hex of the bytes received (of the URL, for jobs from a URL). */
	sha256: string;
	durationSeconds: number;
	language: string | null;
	diarize: boolean;
	speakerCount: number | null;
	align: boolean;
	silent: boolean;
}

/** The transcript of a recording: same bytes, same words; other bytes, other words. */
export function transcriptOf(request: TranscriptRequest): Result {
	const spoken = request.silent ? [] : sentencesOf(request);
	const speakers = [...new Set(spoken.map(({ speaker }) => speaker))].sort();
	return {
		full_transcript: spoken.map(({ words }) => textOf(words)).join(' '),
		language: request.language ?? 'en',
		duration_seconds: request.durationSeconds,
		...(request.diarize ? { speakers } : {}),
		utterances: spoken.map(({ start, end, words, speaker, confidence }) => ({
			start,
			end,
			text: textOf(words),
			...(request.diarize ? { speaker } : {}),
			confidence,
			...(request.align ? { words } : {}),
		})),
	};
}

/** The sentences with speakers and words, whether or not these were asked for: captions need them. */
export function sentencesOf(request: TranscriptRequest): Sentence[] {
	const speakerCount = request.diarize ? request.speakerCount : 1;
	return spokenSentences({ ...request, speakerCount }).map((sentence) => ({
		...sentence,
		speaker: `SPEAKER ${sentence.speaker + 1}`,
	}));
}
