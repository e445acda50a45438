import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../../shared/core/errors';
import { outputBinaryField } from '../../../shared/fields/commonFields';
import { fileItem, outputFieldOf } from '../../../shared/operation/outputItems';
import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { optionsOf } from '../../../shared/core/settings';
import { exportTranscription } from '../../api';
import type { ExportFormat } from '../../api';
import { exportOptions, exportSettings } from '../../exportOptions';
import { transcriptionId } from '../../ids';

const MIME_TYPES: Record<ExportFormat, string> = {
	srt: 'application/x-subrip',
	vtt: 'text/vtt',
	txt: 'text/plain',
};

const formatField: INodeProperties = {
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

/** Downloads a completed transcription as a file. */
export const exportOperation: Operation = {
	value: 'export',
	name: 'Export',
	action: 'Export a transcription',
	description: 'Download a completed transcription as subtitles or text',
	fields: [
		idField(transcriptionId),
		formatField,
		outputBinaryField,
		optionsField([...exportOptions, ...requestOptions]),
	],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, transcriptionId);
		const format = formatOf(context, itemIndex);
		const settings = exportSettings(optionsOf(context, itemIndex));
		outputFieldOf(context, itemIndex);
		const bytes = await exportTranscription(context, itemIndex, id, format, settings);
		const file = { name: `${id}.${format}`, mimeType: MIME_TYPES[format], bytes };
		return [await fileItem(context, itemIndex, { transcriptionId: id, format }, file)];
	},
};

function formatOf(context: IExecuteFunctions, itemIndex: number): ExportFormat {
	const format = String(context.getNodeParameter('format', itemIndex));
	if (Object.hasOwn(MIME_TYPES, format)) return format as ExportFormat;
	throw inputError(context.getNode(), `Scriptivox has no export format "${format}"`, {
		description: `Choose one of ${Object.keys(MIME_TYPES).join(', ')}.`,
		itemIndex,
	});
}
