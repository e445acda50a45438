import type { IdKind } from '../shared/fields/idField';

function prefixed(prefix: string) {
	return {
		provider: 'Scripe',
		pattern: `${prefix}_[A-Za-z0-9_-]{1,100}`,
		example: `${prefix}_7Qk2vX9mB4`,
	};
}

/** A project, which everything that is made belongs to. */
export const projectId: IdKind = {
	...prefixed('proj'),
	label: 'Project',
	name: 'projectId',
	searchListMethod: 'searchProjects',
};

/** A source: what was said, which posts are made from. */
export const sourceId: IdKind = {
	...prefixed('src'),
	label: 'Source',
	name: 'sourceId',
	searchListMethod: 'searchSources',
};

/** A job: work that goes on after its request was answered. */
export const jobId: IdKind = {
	...prefixed('job'),
	label: 'Job',
	name: 'jobId',
	searchListMethod: 'searchJobs',
};

/** An upload, which only its maker knows: there is no list to choose from. */
export const uploadId = { ...prefixed('upl'), label: 'Upload ID' };
