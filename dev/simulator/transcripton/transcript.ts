import { isSilent } from '../shared/fileNames';
import { spokenSentences, textOf, type SpokenSentence } from '../shared/speech';
import type { Job } from './jobs';

/** What a transcript is made from: nothing but the bytes that came and what was asked for. */
export type TranscriptRequest = Pick<
	Job,
	'sha256' | 'durationSeconds' | 'diarize' | 'language' | 'fileName'
>;

/** What is said in a job's recording. */
export function sentencesOf(job: TranscriptRequest): SpokenSentence[] {
	if (isSilent(job.fileName)) return [];
	return spokenSentences({ ...job, speakerCount: job.diarize ? null : 1 });
}

/** `transcription.full_text` of a job that is done. */
export function fullTextOf(job: TranscriptRequest): string {
	return sentencesOf(job)
		.map(({ words }) => textOf(words))
		.join(' ');
}

/** The language that was told, or found out. */
export function languageOf({ language }: TranscriptRequest): string {
	return language === null || language === 'auto' ? 'en' : language;
}

/** `diarization` of a job that is done; null where the speakers were not told apart. */
export function diarizationOf(job: TranscriptRequest) {
	if (!job.diarize) return null;
	const segments = sentencesOf(job).map(({ speaker, start, end, words }) => ({
		speaker: `speaker_${speaker}`,
		start,
		end,
		text: textOf(words),
	}));
	return { segments, num_speakers: new Set(segments.map(({ speaker }) => speaker)).size };
}

/** What POST …/summarize makes of a job: it follows from the text. */
export function summaryOf(job: TranscriptRequest) {
	const texts = sentencesOf(job).map(({ words }) => textOf(words));
	return {
		summary: `About: ${texts[0] ?? 'nothing'}`,
		key_points: texts.slice(0, 3),
		action_items: texts.slice(-1),
	};
}

/** A text in another language, so far as the simulator speaks it. */
export function translated(job: TranscriptRequest, targetLanguage: string): string {
	return `[${targetLanguage}] ${fullTextOf(job)}`;
}
