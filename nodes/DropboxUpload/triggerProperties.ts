import type { INodeProperties } from 'n8n-workflow';

/** Endings of recordings, by which a file is watched unless the user says otherwise. */
export const RECORDING_EXTENSIONS =
	'3gp, 3gpp, aac, aif, aifc, aiff, amr, asf, avi, caf, flac, flv, m2ts, m4a, m4b, m4v, mka, mkv, mov, mp2, mp3, mp4, mpeg, mpg, mpga, mts, oga, ogg, ogv, opus, qt, qta, wav, weba, webm, wma, wmv';

/** What a user sets on the trigger. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			"Enter this node's production URL as a webhook URI of your app in Dropbox's App Console, once the workflow is published. Poll Times then say when a look is made up for that failed or left files over.",
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
				description: 'Look at the Poll Times. For an n8n that cannot be reached from the internet.',
			},
			{
				name: 'By Webhook',
				value: 'webhook',
				description: 'Dropbox tells n8n at once, and n8n looks once when it starts',
			},
		],
		default: 'webhook',
		description: 'How the node learns that something changed',
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
		description: 'Whether to watch the folders within the folder, too',
	},
	{
		displayName: 'Extensions',
		name: 'extensions',
		type: 'string',
		default: RECORDING_EXTENSIONS,
		description:
			'Endings of the files to start the workflow for, separated by commas; recordings by default. Empty for all files.',
	},
	{
		displayName: 'Download',
		name: 'download',
		type: 'options',
		options: [
			{
				name: 'File',
				value: 'binary',
				description: "Store the file in n8n, streamed: it is never whole in n8n's memory",
			},
			{
				name: 'Nothing',
				value: 'none',
				description: 'Only say what the file is and where',
			},
			{
				name: 'Temporary Link',
				value: 'temporaryLink',
				description: 'Get an address that works for four hours without a credential',
			},
		],
		default: 'binary',
		description: 'What to get of each file',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		displayOptions: { show: { download: ['binary'] } },
		description: 'The field of the output that holds the file',
	},
];
