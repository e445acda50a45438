import type { IDataObject } from 'n8n-workflow';

import type { Transcript, TranscriptStatus } from '../shared/transcript/transcript';
import { anyTextOf, booleanOf, numberOf, objectOf, textOf } from '../shared/core/wireValues';
import type { WireJob, WireSource } from './api';

/** Where a job's status stands; one that nobody knows yet is still running. */
export function statusOfJob(status: unknown): TranscriptStatus {
	switch (status) {
		case 'QUEUED':
			return 'queued';
		case 'DONE':
			return 'completed';
		case 'FAILED':
		case 'CANCELLED':
			return 'failed';
		default:
			return 'processing';
	}
}

/** Where a source's status stands; the vendor's pages write `Done` and `Success` for the same. */
function statusOfSource(status: unknown): TranscriptStatus {
	return status === 'Done' || status === 'Success' ? 'completed' : 'processing';
}

/** The result of a job, by the kind of thing that it made. */
export function resultOf({ result }: WireJob) {
	const { sourceId, postId, documentId } = objectOf(result);
	return {
		sourceId: textOf(sourceId),
		postId: textOf(postId),
		documentId: textOf(documentId),
	};
}

/** Why a job ended without a result; null where it did not. */
export function errorOfJob({ status, errorCode, errorMessage }: WireJob): Transcript['error'] {
	if (statusOfJob(status) !== 'failed') return null;
	if (status === 'CANCELLED' && !errorCode && !errorMessage) {
		return { code: 'CANCELLED', message: 'The job was cancelled' };
	}
	return { code: textOf(errorCode), message: textOf(errorMessage) ?? 'no reason given' };
}

/** Where a source came from, which Scripe's reply does not tell. */
export interface Origin {
	/** The job that made the source; left out where there was none. */
	jobId?: string | null;
	/** The file's name; left out where the node does not know it. */
	fileName?: string | null;
}

const UNKNOWN = { language: null, speechDetected: null, speakers: [], segments: [] };

/**
 * A source of Scripe as the common Transcript, with what Scripe knows of it besides. The text is no
 * more than its first 2,000 characters: Scripe gives no way to read the rest.
 */
export function transcriptOfSource(
	wire: WireSource,
	{ jobId = null, fileName = null }: Origin = {},
): IDataObject {
	const { textPreview } = wire;
	const transcript: Transcript = {
		provider: 'scripe',
		id: textOf(wire.id),
		status: statusOfSource(wire.status),
		// an empty text is a result too: nothing was said
		text: anyTextOf(textPreview),
		durationSeconds: numberOf(wire.durationSeconds),
		error: null,
		fileName,
		...UNKNOWN,
	};
	return {
		...(transcript as unknown as IDataObject),
		sourceId: transcript.id,
		jobId,
		projectId: textOf(wire.projectId),
		name: textOf(wire.name),
		textIsCut: booleanOf(wire.textPreviewTruncated) ?? false,
		topics: Array.isArray(wire.topics) ? wire.topics : [],
	};
}

/** A job of Scripe as the common Transcript, without a text, with what it made. */
export function transcriptOfJob(wire: WireJob, { fileName = null }: Origin = {}): IDataObject {
	const id = textOf(wire.id);
	const { sourceId, postId, documentId } = resultOf(wire);
	const transcript: Transcript = {
		provider: 'scripe',
		id,
		status: statusOfJob(wire.status),
		text: null,
		durationSeconds: null,
		error: errorOfJob(wire),
		fileName,
		...UNKNOWN,
	};
	return {
		...(transcript as unknown as IDataObject),
		sourceId,
		jobId: id,
		projectId: textOf(wire.projectId),
		type: textOf(wire.type),
		progress: numberOf(objectOf(wire.progress).progress ?? wire.progress),
		postId,
		documentId,
	};
}
