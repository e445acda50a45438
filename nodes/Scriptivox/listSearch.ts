import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { choicesOf } from '../shared/fields/choices';
import { dayAndTimeOf, numberOf, textOf } from '../shared/core/wireValues';
import { listTranscriptions } from './api';
import type { WireTranscription } from './api';

const PAGE_SIZE = 50;

function labelOf({ id, created_at, status, audio_duration_seconds }: WireTranscription): string {
	const duration = numberOf(audio_duration_seconds);
	return [
		dayAndTimeOf(created_at) ?? textOf(id),
		textOf(status),
		duration === null ? null : `${Math.round(duration)} s`,
	]
		.filter((part) => part !== null)
		.join(' · ');
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
