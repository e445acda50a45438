import type { INodeProperties } from 'n8n-workflow';

import { simplifyField } from '../shared/fields/commonFields';
import { filesField } from '../shared/operation/jobFiles';
import { JOB_DONE, OTHER_EVENTS, TOLERANCE_SECONDS } from './delivery';
import { jobFiles } from './exports';

/** What a user sets on the trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Enter this node's production URL in the Transcripton dashboard, under Settings, Webhooks. Enter the secret that the dashboard shows there in the credential: without it every delivery is rejected.",
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'Job Done',
				value: JOB_DONE,
				description: 'A transcript is there',
			},
			{
				name: 'Other Events',
				value: OTHER_EVENTS,
				description:
					'Whatever else Transcripton sends, as it comes; its API reference names no other event',
			},
		],
		default: [JOB_DONE],
		required: true,
		description: 'What to start the workflow for. Other events are answered and left alone.',
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
				displayName: 'Export Format',
				name: 'exportFormat',
				type: 'options',
				options: jobFiles.formats,
				default: 'srt',
				description: 'The kind of file to fetch as well, into the binary field "data"',
			},
			{
				displayName: 'Fetch Transcript',
				name: 'fetchTranscript',
				type: 'boolean',
				default: true,
				description: 'Whether to read the job with its transcript, which the event does not carry',
			},
			filesField(jobFiles),
			{
				displayName: 'Tolerance (Seconds)',
				name: 'toleranceSeconds',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: TOLERANCE_SECONDS,
				description:
					'How old a delivery may be. Transcripton tries for up to 5 hours and 36 minutes: with less than that, its last tries are rejected.',
			},
		],
	},
];
