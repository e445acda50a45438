import type { IDataObject } from 'n8n-workflow';

import { speakersOf } from '../shared/transcript/speakers';
import type { Segment, Transcript, TranscriptStatus } from '../shared/transcript/transcript';
import { anyTextOf, numberOf, objectOf, objectsOf, textOf } from '../shared/core/wireValues';

/** Where a Transcripton status stands; one that nobody knows yet is still running. */
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

function segmentOf(segment: Record<string, unknown>): Segment {
	return {
		start: numberOf(segment.start),
		end: numberOf(segment.end),
		speaker: textOf(segment.speaker),
		text: textOf(segment.text) ?? '',
		words: [],
	};
}

/**
 * A job of Transcripton as the common Transcript. Without diarization there are no segments; why a
 * job failed is not documented.
 *
 * @param fileName the file's name where the node knows it; Transcripton does not give it
 */
export function transcriptOf(job: IDataObject, fileName: string | null = null): Transcript {
	const transcription = objectOf(job.transcription);
	const { full_text: text } = transcription;
	const segments = objectsOf(objectOf(job.diarization).segments).map(segmentOf);
	return {
		provider: 'transcripton',
		id: textOf(job.id),
		status: statusOf(job.status),
		// an empty text is a result too: nothing was said
		text: anyTextOf(text),
		language: textOf(transcription.language_detected) ?? textOf(job.language_detected),
		durationSeconds: numberOf(job.duration_sec),
		speechDetected: null,
		speakers: speakersOf(segments),
		segments,
		error: null,
		fileName,
	};
}
