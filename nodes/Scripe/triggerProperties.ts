import type { INodeProperties } from 'n8n-workflow';

import { simplifyField } from '../shared/fields/commonFields';
import { jobTypeOptions } from './jobTypes';

/** What a user sets on the trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'Job Cancelled',
				value: 'cancelled',
				description: 'Somebody cancelled a job before it began',
			},
			{
				name: 'Job Done',
				value: 'done',
				description: 'A job has made its source, post or knowledge',
			},
			{
				name: 'Job Failed',
				value: 'failed',
				description: 'A job ended without a result',
			},
		],
		default: ['done', 'failed'],
		required: true,
		description: 'What to start the workflow for',
	},
	simplifyField,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Fetch Source or Post',
				name: 'fetchTranscript',
				type: 'boolean',
				default: false,
				description:
					'Whether to read the source or the post that a job made, a request a job. A source comes with the first 2,000 characters of its text.',
			},
			{
				displayName: 'Job Types',
				name: 'types',
				type: 'multiOptions',
				options: jobTypeOptions,
				default: [],
				description: 'Which kinds of job to start the workflow for; none for all',
			},
		],
	},
];
