import type { INodeProperties } from 'n8n-workflow';

/** What a user sets on the trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			'The appliance sends no events: n8n looks at it, once a minute at most. What begins and ends between two looks is not seen.',
		name: 'pollingNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{
				name: 'Reachable Again',
				value: 'reachable',
				description: 'The appliance answers again',
			},
			{
				name: 'Recording Started',
				value: 'recordingStarted',
				description: 'A recording is under way that was not before',
			},
			{
				name: 'Recording Stopped',
				value: 'recordingStopped',
				description: 'A recording has ended; with its duration and path as last seen',
			},
			{
				name: 'Signal Lost',
				value: 'signalLost',
				description: 'The input of the appliance has no signal any more',
			},
			{
				name: 'Signal Restored',
				value: 'signalRestored',
				description: 'The input of the appliance has a signal again',
			},
			{
				name: 'Unreachable',
				value: 'unreachable',
				description: 'The appliance does not answer, or something else answers in its place',
			},
		],
		default: ['recordingStarted', 'recordingStopped'],
		required: true,
		description: 'What to start the workflow for',
	},
];
