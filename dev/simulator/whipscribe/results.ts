import { docxOf } from '../shared/docx';
import { spokenSentences, textOf } from '../shared/speech';
import { Refusal } from './errors';
import { isSpeechless, type Job } from './jobs';

interface Segment {
	start: number;
	end: number;
	speaker: string | null;
	text: string;
	words: Array<{ start: number; end: number; text: string }> | null;
}

/** A transcript in one of the formats. */
export interface ResultFile {
	mediaType: string;
	body: string | Buffer;
}

/**
 * A done job's transcript.
 *
 * @throws Refusal for a format that does not exist
 */
export function resultAs(format: string, job: Job): ResultFile {
	const segments = segmentsOf(job);
	switch (format) {
		case 'json':
			return { mediaType: 'application/json; charset=utf-8', body: JSON.stringify(jsonOf(job)) };
		case 'txt':
			return { mediaType: 'text/plain; charset=utf-8', body: wholeText(segments) };
		case 'srt':
			return { mediaType: 'application/x-subrip; charset=utf-8', body: srtOf(segments) };
		case 'vtt':
			return { mediaType: 'text/vtt; charset=utf-8', body: vttOf(segments) };
		case 'docx':
			return {
				mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
				body: docxOf(segments.map(({ text }) => text)),
			};
		default:
			throw new Refusal(null, 'format must be txt, json, srt, vtt or docx');
	}
}

/** A transcript as the docs have it; without speech it says so. */
export function jsonOf(job: Job): object {
	if (isSpeechless(job)) {
		return {
			text: '',
			language: null,
			segments: [],
			speech_detected: false,
			speech_ratio: 0,
			suggestion: 'No speech was found in this recording.',
		};
	}
	const segments = segmentsOf(job);
	return { text: wholeText(segments), language: job.language ?? 'en', segments };
}

function segmentsOf(job: Job): Segment[] {
	if (isSpeechless(job)) return [];
	const { sha256, durationSeconds, diarize, wordTimestamps } = job;
	const sentences = spokenSentences({ sha256, durationSeconds, speakerCount: diarize ? null : 1 });
	return sentences.map(({ start, end, speaker, words }) => ({
		start,
		end,
		speaker: diarize ? `SPEAKER_0${speaker}` : null,
		text: textOf(words),
		words: wordTimestamps ? words.map(({ word: text, ...word }) => timed(text, word)) : null,
	}));
}

function timed(text: string, { start, end }: { start: number; end: number }) {
	return { start, end, text };
}

function wholeText(segments: Segment[]): string {
	return segments.map(({ text }) => text).join(' ');
}

function srtOf(segments: Segment[]): string {
	return segments
		.map(({ start, end, text }, index) => {
			return `${index + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${text}\n`;
		})
		.join('\n');
}

function vttOf(segments: Segment[]): string {
	const cues = segments.map(
		({ start, end, text }) => `${clock(start, '.')} --> ${clock(end, '.')}\n${text}\n`,
	);
	return ['WEBVTT\n', ...cues].join('\n');
}

function clock(seconds: number, separator: string): string {
	const time = new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
	return time.replace('.', separator);
}
