import type { IDataObject } from 'n8n-workflow';

import { jobErrorOf } from '../shared/http/detailError';
import type { Segment, Transcript, TranscriptStatus, Word } from '../shared/transcript/transcript';
import {
	anyTextOf,
	numberOf,
	objectOf,
	objectsOf,
	textOf,
	textsOf,
} from '../shared/core/wireValues';

/** Where a Scriptivox status stands; one that nobody knows yet is still running. */
export function statusOf(status: unknown): TranscriptStatus {
	switch (status) {
		case 'completed':
		case 'failed':
			return status;
		case 'created':
		case 'pending':
			return 'queued';
		default:
			return 'processing';
	}
}

function wordOf(word: Record<string, unknown>): Word {
	return {
		start: numberOf(word.start),
		end: numberOf(word.end),
		text: textOf(word.word) ?? '',
		confidence: numberOf(word.confidence),
	};
}

function segmentOf(utterance: Record<string, unknown>): Segment {
	return {
		start: numberOf(utterance.start),
		end: numberOf(utterance.end),
		speaker: textOf(utterance.speaker),
		text: textOf(utterance.text) ?? '',
		words: objectsOf(utterance.words).map(wordOf),
	};
}

/**
 * A transcription or a webhook event of Scriptivox as the common Transcript.
 *
 * @param wire what Scriptivox sent; a webhook names the id `transcription_id`
 * @param fileName the file's name where the node knows it; Scriptivox does not give it
 */
export function transcriptOf(wire: IDataObject, fileName: string | null = null): Transcript {
	const result = objectOf(wire.result);
	const { full_transcript: text } = result;
	return {
		provider: 'scriptivox',
		id: textOf(wire.id) ?? textOf(wire.transcription_id),
		status: statusOf(wire.status),
		// an empty text is a result too: nothing was said
		text: anyTextOf(text),
		language: textOf(result.language) ?? textOf(wire.language),
		durationSeconds:
			numberOf(result.duration_seconds) ??
			numberOf(wire.audio_duration_seconds) ??
			numberOf(wire.duration_seconds),
		speechDetected: null,
		speakers: textsOf(result.speakers),
		segments: objectsOf(result.utterances).map(segmentOf),
		error: jobErrorOf(wire.error),
		fileName,
	};
}
