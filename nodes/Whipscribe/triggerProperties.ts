import type { INodeProperties } from 'n8n-workflow';

import { simplifyField } from '../shared/fields/commonFields';
import { filesField } from '../shared/operation/jobFiles';
import { jobFiles } from './exports';

/** What a user sets on the trigger, besides how often n8n polls. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Job Done', value: 'done', description: 'A transcript is there' },
			{ name: 'Job Failed', value: 'failed', description: 'A job ended without a transcript' },
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
				displayName: 'Fetch Transcript',
				name: 'fetchTranscript',
				type: 'boolean',
				default: false,
				description: 'Whether to read the transcript of each finished job, a request a job',
			},
			filesField(jobFiles),
		],
	},
];
