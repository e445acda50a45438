import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { choicesOf, jobLabel } from '../shared/fields/choices';
import { listTranscriptions } from './api';
import type { WireTranscription } from './api';

const PAGE_SIZE = 50;

function labelOf(transcription: WireTranscription): string {
	const {
		id,
		created_at: createdAt,
		audio_duration_seconds: seconds,
		language,
		status,
	} = transcription;
	return jobLabel({ id, createdAt, seconds, language, status });
}

/** The account's transcriptions for the picker, the newest first, a page at a time. */
export async function searchTranscriptions(
	this: ILoadOptionsFunctions,
	_filter?: string,
	cursor?: string,
): Promise<INodeListSearchResult> {
	const { entries, next } = await listTranscriptions(this, undefined, {
		limit: PAGE_SIZE,
		...(cursor && { cursor }),
	});
	return {
		results: choicesOf(entries, ({ id }) => id, labelOf),
		paginationToken: next,
	};
}
