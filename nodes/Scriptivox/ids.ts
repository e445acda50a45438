import { UUID_PATTERN } from '../shared/fields/idField';
import type { IdKind } from '../shared/fields/idField';

const uuid = {
	provider: 'Scriptivox',
	pattern: UUID_PATTERN,
	example: '3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d',
};

/** A transcription. */
export const transcriptionId: IdKind = {
	...uuid,
	label: 'Transcription',
	name: 'transcriptionId',
	searchListMethod: 'searchTranscriptions',
};

/** An upload, which only its maker knows: there is no list to choose from. */
export const uploadId = { ...uuid, label: 'Upload ID' };
