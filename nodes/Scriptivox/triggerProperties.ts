import type { INodeProperties } from 'n8n-workflow';

import { simplifyField } from '../shared/fields/commonFields';
import { filesField } from '../shared/operation/jobFiles';
import { TOLERANCE_SECONDS } from './delivery';
import { transcriptionFiles } from './exports';

/** What a user sets on the trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Enter this node's production URL in the option Webhook URL of the node that transcribes, or once in the settings of your Scriptivox account. Use the same credential in both nodes: its API key checks the signature.",
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
				name: 'Transcription Completed',
				value: 'transcription.completed',
				description: 'A transcript is there',
			},
			{
				name: 'Transcription Failed',
				value: 'transcription.failed',
				description: 'A job ended without a transcript',
			},
			{
				name: 'Transcription Processing',
				value: 'transcription.processing',
				description: 'Scriptivox began to work on a job',
			},
		],
		default: ['transcription.completed', 'transcription.failed'],
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
				displayName: 'Fetch Transcript',
				name: 'fetchTranscript',
				type: 'boolean',
				default: true,
				description: 'Whether to read the transcript when the event carries none',
			},
			filesField(transcriptionFiles),
			{
				displayName: 'Tolerance (Seconds)',
				name: 'toleranceSeconds',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: TOLERANCE_SECONDS,
				description: 'How old a delivery may be. A recorded one cannot be played back after that.',
			},
		],
	},
];
