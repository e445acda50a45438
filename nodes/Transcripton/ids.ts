import { UUID_PATTERN } from '../shared/fields/idField';
import type { IdKind } from '../shared/fields/idField';

const uuid = {
	provider: 'Transcripton',
	pattern: UUID_PATTERN,
	example: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
};

/** A job. */
export const jobId: IdKind = {
	...uuid,
	label: 'Job',
	name: 'jobId',
	searchListMethod: 'searchJobs',
};

/** A job's transcription, which has an id of its own and no list to choose from. */
export const transcriptionId = { ...uuid, label: 'Transcription ID' };
