import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { safeText } from '../shared/core/safeText';
import { booleanOption, optionsOf } from '../shared/core/settings';
import { optionsField } from '../shared/fields/optionFields';
import { exportName } from '../shared/files/exportName';
import type { Transcript } from '../shared/transcript/transcript';
import type { CaptionSettings } from './captions';
import { MIME_TYPES } from './files';
import type { FileFormat } from './files';

/** The kind of file to make. */
export const formatField: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	options: [
		{ name: 'SubRip Subtitles (SRT)', value: 'srt' },
		{ name: 'Text (TXT)', value: 'txt' },
		{ name: 'WebVTT Subtitles (VTT)', value: 'vtt' },
	],
	default: 'srt',
	description: 'The kind of file to make',
};

const speakersOption: INodeProperties = {
	displayName: 'Speakers',
	name: 'speakers',
	type: 'boolean',
	default: true,
	description: 'Whether to write who speaks, where it changes',
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
export const fileOptionsField = optionsField([speakersOption, fileNameOption]);

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

/** How the item's file is to be written. */
export function settingsOf(context: IExecuteFunctions, itemIndex: number): CaptionSettings {
	return { speakers: booleanOption(context, itemIndex, 'speakers', 'Speakers') ?? true };
}

/** The name of the item's file: the one that is set, else one after the recording. */
export function fileNameOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ fileName }: Transcript,
	format: FileFormat,
): string {
	const set = String(optionsOf(context, itemIndex).fileName ?? '').trim();
	return set || (exportName(fileName ?? '', format) ?? `transcript.${format}`);
}
