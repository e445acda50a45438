import { outputBinaryField } from '../../shared/fields/commonFields';
import type { Operation } from '../../shared/operation/operation';
import { fileItem, outputFieldOf } from '../../shared/operation/outputItems';
import { isTool } from '../../shared/operation/toolOutput';
import { fileNameOf, formatField, formatOf, fileOptionsField, settingsOf } from '../fileOptions';
import { MIME_TYPES, WRITERS } from '../files';
import { transcriptField, transcriptFrom } from '../transcriptInput';

/** Writes a transcript as a file; as its text where a model asks, as bytes do not cross its call. */
export const toFile: Operation = {
	value: 'toFile',
	name: 'Convert to File',
	action: 'Convert a transcript to a file',
	description: 'Make subtitles, text or data of a transcript, as a file',
	fields: [transcriptField, formatField, outputBinaryField, fileOptionsField],
	async run(context, itemIndex) {
		const format = formatOf(context, itemIndex);
		const settings = settingsOf(context, itemIndex);
		const transcript = transcriptFrom(context, itemIndex);
		const name = fileNameOf(context, itemIndex, transcript, format);
		const text = WRITERS[format](transcript, settings);
		if (isTool(context)) return [{ json: { format, fileName: name, text } }];
		outputFieldOf(context, itemIndex);
		const file = { name, mimeType: MIME_TYPES[format], bytes: Buffer.from(text) };
		return [await fileItem(context, itemIndex, { format }, file)];
	},
};
