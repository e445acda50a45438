import type { INodeProperties } from 'n8n-workflow';

import { outputBinaryField } from '../shared/fields/commonFields';

/** Endings of recordings, by which a file is watched unless the user says otherwise. */
export const RECORDING_EXTENSIONS =
	'3gp, 3gpp, aac, aif, aifc, aiff, amr, asf, avi, caf, flac, flv, m2ts, m4a, m4b, m4v, mka, mkv, mov, mp2, mp3, mp4, mpeg, mpg, mpga, mts, oga, ogg, ogv, opus, qt, qta, wav, weba, webm, wma, wmv';

/** What a user sets on the trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Publish the workflow, then enter this node's production URL as a webhook URI of your app in Dropbox's App Console. At the Poll Times n8n catches up on what a failed look left.",
		name: 'setupNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { receive: ['webhook'] } },
	},
	{
		displayName: 'Receive',
		name: 'receive',
		type: 'options',
		options: [
			{
				name: 'By Polling',
				value: 'polling',
				description: 'Look into the folder at the Poll Times',
			},
			{
				name: 'By Webhook',
				value: 'webhook',
				description: 'Dropbox tells n8n at once. n8n must be reachable from the internet.',
			},
		],
		default: 'polling',
		description: 'How n8n learns of new and changed files',
	},
	{
		displayName: 'Folder',
		name: 'folder',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The folder to watch',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a folder...',
				typeOptions: { searchListMethod: 'searchFolders', searchable: true },
			},
			{
				displayName: 'By Path',
				name: 'path',
				type: 'string',
				placeholder: 'e.g. /Recordings/2026',
				validation: [
					{
						type: 'regex',
						properties: { regex: '^/.*$', errorMessage: 'A path starts with a slash' },
					},
				],
			},
		],
	},
	{
		displayName: 'Include Subfolders',
		name: 'includeSubfolders',
		type: 'boolean',
		default: true,
		description: 'Whether to watch the folders within the folder as well',
	},
	{
		displayName: 'Extensions',
		name: 'extensions',
		type: 'string',
		default: RECORDING_EXTENSIONS,
		placeholder: 'e.g. mp3, wav',
		description:
			'Endings of the files to start the workflow for, separated by commas. Leave empty for all files.',
	},
	{
		displayName: 'Download',
		name: 'download',
		type: 'options',
		options: [
			{
				name: 'File',
				value: 'binary',
				description: 'Store the file in n8n. It is streamed, and never whole in memory.',
			},
			{
				name: 'Nothing',
				value: 'none',
				description: 'Only its name, path, size and times',
			},
			{
				name: 'Temporary Link',
				value: 'temporaryLink',
				description: 'A link that works for four hours without a credential',
			},
		],
		default: 'binary',
		description: 'What to get of each file',
	},
	{ ...outputBinaryField, displayOptions: { show: { download: ['binary'] } } },
];
