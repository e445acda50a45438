import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** How a file is laid out (Scriptivox MCP server, export of a transcript). */
export const exportOptions: INodeProperties[] = [
	{
		displayName: 'Include Speakers',
		name: 'includeSpeakers',
		type: 'options',
		options: [
			{ name: 'Always', value: 'true' },
			{ name: 'Never', value: 'false' },
			{ name: 'When Diarized', value: 'auto' },
		],
		default: 'auto',
		description: 'Whether to write who speaks',
	},
	{
		displayName: 'Include Timestamps',
		name: 'includeTimestamps',
		type: 'boolean',
		default: false,
		description: 'Whether to write the times into a text file',
	},
	{
		displayName: 'Max Characters',
		name: 'maxChars',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 80,
		description: 'The most characters in a subtitle',
	},
	{
		displayName: 'Max Duration (Seconds)',
		name: 'maxDuration',
		type: 'number',
		typeOptions: { minValue: 0.1 },
		default: 10,
		description: 'The longest time that a subtitle stands',
	},
	{
		displayName: 'Max Words',
		name: 'maxWords',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 4,
		description: 'The most words in a subtitle',
	},
	{
		displayName: 'Sentence Aware',
		name: 'sentenceAware',
		type: 'boolean',
		default: true,
		description: 'Whether to begin a subtitle with a new sentence',
	},
	{
		displayName: 'Strip Characters',
		name: 'stripChars',
		type: 'string',
		default: '',
		placeholder: 'e.g. .,',
		description: 'Characters to leave out of the file',
	},
];

const WIRE_NAMES: Record<string, string> = {
	includeSpeakers: 'include_speakers',
	includeTimestamps: 'include_timestamps',
	maxChars: 'max_chars',
	maxDuration: 'max_duration',
	maxWords: 'max_words',
	sentenceAware: 'sentence_aware',
	stripChars: 'strip_chars',
};

/** The options that the user set, as query fields. */
export function exportSettings(options: IDataObject): IDataObject {
	const set = Object.entries(WIRE_NAMES).filter(([name]) => {
		const value = options[name];
		return value !== undefined && value !== '';
	});
	return Object.fromEntries(set.map(([name, wireName]) => [wireName, options[name]]));
}
