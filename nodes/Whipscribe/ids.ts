import { UUID_PATTERN } from '../shared/fields/idField';
import type { IdKind } from '../shared/fields/idField';

/** A job. */
export const jobId: IdKind = {
	label: 'Job',
	name: 'jobId',
	provider: 'Whipscribe',
	pattern: UUID_PATTERN,
	example: '3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d',
	searchListMethod: 'searchJobs',
	searchable: true,
};
