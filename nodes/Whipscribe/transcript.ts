import type { IDataObject } from 'n8n-workflow';

import { jobErrorOf } from '../shared/http/detailError';
import { speakersOf } from '../shared/transcript/speakers';
import type { Segment, Transcript, TranscriptStatus, Word } from '../shared/transcript/transcript';
import { bareName } from '../shared/files/fileName';
import { anyTextOf, booleanOf, numberOf, objectsOf, textOf } from '../shared/core/wireValues';
import type { WireJob, WireResult } from './api';

/** Where a Whipscribe status stands; one that nobody knows yet is still running. */
export function statusOf(status: unknown): TranscriptStatus {
	switch (status) {
		case 'done':
			return 'completed';
		case 'failed':
		case 'queued':
			return status;
		default:
			return 'processing';
	}
}

/** How far a job is, 0 to 1; Whipscribe was seen to give percent too. Null where it says nothing. */
export function progressOf({ progress }: WireJob): number | null {
	const value = numberOf(progress);
	if (value === null) return null;
	return Math.min(Math.max(value > 1 ? value / 100 : value, 0), 1);
}

function wordOf(word: Record<string, unknown>): Word {
	return {
		start: numberOf(word.start),
		end: numberOf(word.end),
		text: textOf(word.text) ?? '',
		confidence: null,
	};
}

function segmentOf(segment: Record<string, unknown>): Segment {
	return {
		start: numberOf(segment.start),
		end: numberOf(segment.end),
		speaker: textOf(segment.speaker),
		text: textOf(segment.text) ?? '',
		words: objectsOf(segment.words).map(wordOf),
	};
}

function speechDetectedIn(...replies: IDataObject[]): boolean | null {
	const said = replies.map((reply) => booleanOf(reply.speech_detected));
	return said.find((value) => value !== null) ?? null;
}

/** What Whipscribe says of one job. */
export interface WireTranscript {
	job: WireJob;
	/** The job's transcript, where it was read. */
	result?: WireResult;
	/** The file's name where the node knows it; only the list of jobs gives it. */
	fileName?: string | null;
}

/** A job of Whipscribe, with its transcript where it is there, as the common Transcript. */
export function transcriptOf({ job, result = {}, fileName = null }: WireTranscript): Transcript {
	const segments = objectsOf(result.segments).map(segmentOf);
	return {
		provider: 'whipscribe',
		id: textOf(job.job_id) ?? textOf(result.job_id),
		status: statusOf(job.status),
		// an empty text is a result too: nothing was said
		text: anyTextOf(result.text),
		language: textOf(result.language) ?? textOf(job.language),
		durationSeconds: numberOf(job.audio_duration_seconds) ?? numberOf(result.duration),
		speechDetected: speechDetectedIn(result, job),
		speakers: speakersOf(segments),
		segments,
		error: jobErrorOf(job.error),
		// workflows write files by it
		fileName: bareName(textOf(job.filename)) ?? fileName,
	};
}
