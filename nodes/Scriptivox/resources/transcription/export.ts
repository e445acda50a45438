import { outputBinaryField } from '../../../shared/fields/commonFields';
import { fileItem, outputFieldOf } from '../../../shared/operation/outputItems';
import { idField, idOf } from '../../../shared/fields/idField';
import { formatField, formatOf } from '../../../shared/operation/jobFiles';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { optionsOf } from '../../../shared/core/settings';
import { exportTranscription } from '../../api';
import { exportOptions, exportSettings } from '../../exportOptions';
import { transcriptionFiles } from '../../exports';
import { transcriptionId } from '../../ids';

/** Downloads a completed transcription as a file. */
export const exportOperation: Operation = {
	value: 'export',
	name: 'Export',
	action: 'Export a transcription',
	description: 'Download a completed transcription as subtitles or text',
	fields: [
		idField(transcriptionId),
		formatField(transcriptionFiles),
		outputBinaryField,
		optionsField([...exportOptions, ...requestOptions]),
	],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, transcriptionId);
		const format = formatOf(context, itemIndex, transcriptionFiles);
		const settings = exportSettings(optionsOf(context, itemIndex));
		// before the request: a missing name would show only after it
		outputFieldOf(context, itemIndex);
		const file = await exportTranscription(context, itemIndex, id, format, settings);
		return [await fileItem(context, itemIndex, { transcriptionId: id, format }, file)];
	},
};
