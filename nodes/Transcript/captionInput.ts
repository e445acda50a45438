import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { byInputType, inputTypeField } from '../shared/fields/inputTypeField';
import { chosenFile } from '../shared/files/upload';
import type { UploadFile } from '../shared/files/upload';
import { captionText } from './captionBytes';

const LARGEST_BYTES = 10 * 1024 * 1024;

/** Captions, and the file that they come from. */
export interface Captions {
	text: string;
	/** Null where there is no file. */
	fileName: string | null;
}

/** Where captions come from. */
export const captionFields: INodeProperties[] = [
	inputTypeField('Where the subtitles come from', {
		binaryFile: 'A file in a binary field of the item',
		text: 'A text in a field of the item',
	}),
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		displayOptions: { show: { inputType: ['binaryFile'] } },
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the subtitles',
		description: 'Name of the binary field of the item that holds the SRT or VTT file',
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		displayOptions: { show: { inputType: ['text'] } },
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. {{ $json.subtitles }}',
		description: 'The subtitles, in SRT or VTT',
	},
];

/**
 * The item's captions.
 *
 * @throws NodeOperationError where there are none, or more than anyone writes
 */
export async function captionsFrom(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<Captions> {
	return await byInputType(context, itemIndex, {
		binaryFile: async () => await captionsInFile(context, itemIndex),
		text: async () => {
			const label = 'Text';
			const text = String(context.getNodeParameter('text', itemIndex) ?? '');
			if (text.trim() !== '') return { text, fileName: null };
			throw inputError(context.getNode(), `${label} is empty`, {
				description: 'Enter the subtitles, or an expression that gives them.',
				itemIndex,
			});
		},
	});
}

async function captionsInFile(context: IExecuteFunctions, itemIndex: number): Promise<Captions> {
	const file = await chosenFile(context, itemIndex);
	if (file.size > LARGEST_BYTES) {
		const taker = 'From Captions';
		throw inputError(context.getNode(), `The file "${file.name}" is larger than ${taker} takes`, {
			description: 'Subtitles have at most 10 MB: check that the field holds the right file.',
			itemIndex,
		});
	}
	const bytes = await bytesOf(file).catch((cause: Error) => {
		throw file.unreadable(cause);
	});
	return { text: captionText(bytes), fileName: file.given.fileName || null };
}

async function bytesOf(file: UploadFile): Promise<Buffer> {
	const body = await file.open();
	if (Buffer.isBuffer(body)) return body;
	const chunks: Uint8Array[] = [];
	for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
	return Buffer.concat(chunks);
}
