import { DateTime } from 'luxon';
import { NodeApiError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { extensionOf } from '../shared/files/fileName';
import { safeText } from '../shared/core/safeText';
import { numberOf, textOf, unixSecondsOf } from '../shared/core/wireValues';
import { getManyTranscriptions } from './api';
import type { TranscribeBody, WireTranscription } from './api';
import { scriptivox } from './provider';
import { statusOf } from './transcript';

const LISTED_DAYS = 7;
const CERTAIN_HOURS = 24;
const MOST_LISTED = 1000;
const MOST_NAMED = 10;

/** Kinds whose size says only how long they play: two recordings may well have the same. */
const SIZED_BY_LENGTH = ['wav', 'aiff', 'caf'];

/** A file that was sent under a key that another upload of it may have been sent under before. */
export interface SentFile {
	name: string;
	sizeBytes: number;
}

/**
 * The job of an earlier request with the same idempotency key: after a crash a file is uploaded anew,
 * and the key then stands for another body. Scriptivox tells neither key nor name of its jobs, only
 * size, time and settings, so it is certain only where these leave one.
 *
 * @param conflict Scriptivox's refusal
 * @throws `conflict`, with the jobs that it may be, where that is not certain
 */
export async function earlierJob(
	context: IExecuteFunctions,
	itemIndex: number,
	body: TranscribeBody,
	file: SentFile,
	conflict: NodeApiError,
): Promise<WireTranscription> {
	const now = DateTime.utc();
	const from = now.minus({ days: LISTED_DAYS }).toISO();
	const listed = await getManyTranscriptions(context, itemIndex, MOST_LISTED, { from });
	const candidates = listed.filter(
		({ file_size_bytes }) => numberOf(file_size_bytes) === file.sizeBytes,
	);
	const [only] = candidates;
	const isOnly = candidates.length === 1 && listed.length < MOST_LISTED;
	const since = now.minus({ hours: CERTAIN_HOURS }).toSeconds();
	if (only && isOnly && isCertain(only, body, file, since)) return only;
	throw named(conflict, candidates);
}

function isCertain(
	job: WireTranscription,
	{ diarize, align, language, speaker_count }: TranscribeBody,
	{ name }: SentFile,
	since: number,
): boolean {
	const created = unixSecondsOf(job.created_at) ?? 0;
	const isAsAsked =
		job.diarize === diarize &&
		// Scriptivox aligns what it diarizes
		job.align === (align || diarize) &&
		(language === undefined || job.language === language) &&
		(numberOf(job.speaker_count) ?? undefined) === speaker_count;
	const isTold = !SIZED_BY_LENGTH.includes(extensionOf(name));
	return isTold && isAsAsked && created >= since && statusOf(job.status) !== 'failed';
}

function named(conflict: NodeApiError, candidates: WireTranscription[]): NodeApiError {
	const ids = candidates.slice(0, MOST_NAMED).map(({ id }) => safeText(textOf(id) ?? ''));
	const words =
		ids.length === 0
			? `No transcription of the last ${LISTED_DAYS} days has the size of this file.`
			: `Transcriptions of this file's size: ${ids.join(', ')}. Collect the right one with ${scriptivox.readWith} and its ID.`;
	conflict.description = [conflict.description, words].filter(Boolean).join(' ');
	return conflict;
}
