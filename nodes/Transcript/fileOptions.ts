import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { safeText } from '../shared/core/safeText';
import { booleanOption, numberOption, optionsOf } from '../shared/core/settings';
import { optionsField } from '../shared/fields/optionFields';
import { exportName } from '../shared/files/exportName';
import { extensionOf, plainName } from '../shared/files/fileName';
import type { Transcript } from '../shared/transcript/transcript';
import { DEFAULT_SETTINGS } from './captionSettings';
import type { FileSettings } from './captionSettings';
import { MIME_TYPES } from './files';
import type { FileFormat } from './files';

/** The kind of file to make. */
export const formatField: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	options: [
		{ name: 'CSV Table', value: 'csv', description: 'A row for each segment' },
		{ name: 'JSON', value: 'json', description: 'The whole transcript as data' },
		{ name: 'Markdown', value: 'md', description: 'A paragraph for each turn' },
		{ name: 'SRT Subtitles', value: 'srt', description: 'For most players and editors' },
		{ name: 'Text', value: 'txt', description: 'To read' },
		{ name: 'VTT Subtitles', value: 'vtt', description: 'For players on web pages' },
	],
	default: 'srt',
	description: 'The kind of file to make',
};

// spread in: n8n's lint wants a literal default wherever it reads these types
const NUMBER = { type: 'number' } as const;
const BOOLEAN = { type: 'boolean' } as const;

const ofCaptions = { show: { '/format': ['srt', 'vtt'] } };
const ofText = { show: { '/format': ['md', 'txt'] } };

const speakersOption: INodeProperties = {
	...BOOLEAN,
	displayName: 'Speakers',
	name: 'speakers',
	displayOptions: { show: { '/format': ['md', 'srt', 'txt', 'vtt'] } },
	default: DEFAULT_SETTINGS.speakers,
	description: 'Whether to write who speaks, where it changes',
};

const timestampsOption: INodeProperties = {
	...BOOLEAN,
	displayName: 'Timestamps',
	name: 'timestamps',
	displayOptions: ofText,
	default: DEFAULT_SETTINGS.timestamps,
	description: 'Whether to write when each segment begins',
};

const charactersPerLineOption: INodeProperties = {
	...NUMBER,
	displayName: 'Characters per Line',
	name: 'charactersPerLine',
	displayOptions: ofCaptions,
	typeOptions: { minValue: 10, maxValue: 200, numberPrecision: 0 },
	default: DEFAULT_SETTINGS.charactersPerLine,
	description:
		'The most characters on a line of the subtitles. Full-width characters, such as Chinese ones, count as two.',
};

const linesPerCueOption: INodeProperties = {
	...NUMBER,
	displayName: 'Lines per Cue',
	name: 'linesPerCue',
	displayOptions: ofCaptions,
	typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 },
	default: DEFAULT_SETTINGS.linesPerCue,
	description: 'The most lines that are shown at a time',
};

const longestCueOption: INodeProperties = {
	...NUMBER,
	displayName: 'Longest Cue (Seconds)',
	name: 'longestCueSeconds',
	displayOptions: ofCaptions,
	typeOptions: { minValue: 1, maxValue: 60 },
	default: DEFAULT_SETTINGS.longestCueSeconds,
	description: 'How long the same subtitle may stay on the screen',
};

const shortestCueOption: INodeProperties = {
	...NUMBER,
	displayName: 'Shortest Cue (Seconds)',
	name: 'shortestCueSeconds',
	displayOptions: ofCaptions,
	typeOptions: { minValue: 0, maxValue: 10 },
	default: DEFAULT_SETTINGS.shortestCueSeconds,
	description:
		'How long a subtitle stays at least. One that has less time is joined with the next, or pushes it back by up to two seconds.',
};

const charactersPerSecondOption: INodeProperties = {
	...NUMBER,
	displayName: 'Characters per Second',
	name: 'charactersPerSecond',
	displayOptions: ofCaptions,
	typeOptions: { minValue: 1, maxValue: 100 },
	default: DEFAULT_SETTINGS.charactersPerSecond,
	description:
		'How fast viewers read. A subtitle stays until it is read at this speed, where the next one leaves time.',
};

const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. meeting.srt',
	description: 'The name of the file. Without this option it is named after the recording.',
};

/** The options of a file. */
export const fileOptionsField = optionsField([
	speakersOption,
	timestampsOption,
	fileNameOption,
	charactersPerLineOption,
	linesPerCueOption,
	longestCueOption,
	shortestCueOption,
	charactersPerSecondOption,
]);

/**
 * The item's format.
 *
 * @throws NodeOperationError where there is no such format
 */
export function formatOf(context: IExecuteFunctions, itemIndex: number): FileFormat {
	const format = String(context.getNodeParameter('format', itemIndex));
	if (Object.hasOwn(MIME_TYPES, format)) return format as FileFormat;
	throw inputError(context.getNode(), `There is no format "${safeText(format)}"`, {
		description: 'Choose a Format from the list.',
		itemIndex,
	});
}

/**
 * How the item's file is to be written.
 *
 * @throws NodeOperationError for an option that is out of range or of another kind
 */
export function settingsOf(context: IExecuteFunctions, itemIndex: number): FileSettings {
	const number = (
		name: keyof FileSettings,
		label: string,
		range: { least: number; most: number; whole?: boolean },
	) => numberOption(context, itemIndex, name, label, range);
	const flag = (name: keyof FileSettings, label: string) =>
		booleanOption(context, itemIndex, name, label);
	const whole = true;
	const set = {
		speakers: flag('speakers', 'Speakers'),
		timestamps: flag('timestamps', 'Timestamps'),
		charactersPerLine: number('charactersPerLine', 'Characters per Line', {
			least: 10,
			most: 200,
			whole,
		}),
		linesPerCue: number('linesPerCue', 'Lines per Cue', { least: 1, most: 10, whole }),
		longestCueSeconds: number('longestCueSeconds', 'Longest Cue', { least: 1, most: 60 }),
		shortestCueSeconds: number('shortestCueSeconds', 'Shortest Cue', { least: 0, most: 10 }),
		charactersPerSecond: number('charactersPerSecond', 'Characters per Second', {
			least: 1,
			most: 100,
		}),
	};
	const known = Object.entries(set).filter(([, value]) => value !== undefined);
	return { ...DEFAULT_SETTINGS, ...(Object.fromEntries(known) as Partial<FileSettings>) };
}

/** The name of the item's file: the one that is set, else one after the recording. */
export function fileNameOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ fileName }: Transcript,
	format: FileFormat,
): string {
	const set = plainName(
		String(optionsOf(context, itemIndex).fileName ?? '')
			.split('/')
			.at(-1)!,
	);
	if (set !== '') return extensionOf(set) === '' ? `${set}.${format}` : set;
	return exportName(fileName ?? '', format) ?? `transcript.${format}`;
}
