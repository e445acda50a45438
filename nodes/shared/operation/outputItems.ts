import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { inputError } from '../core/errors';
import type { ItemContext } from '../core/provider';
import { safeText } from '../core/safeText';
import type { Transcript } from '../transcript/transcript';

/**
 * A Transcript as an output item.
 *
 * @param more what a provider gives beside it, such as `replayed`
 */
export function transcriptItem(transcript: Transcript, more?: IDataObject): INodeExecutionData {
	return { json: { ...(transcript as unknown as IDataObject), ...more } };
}

/**
 * The binary field that receives the item's file. Read it before the file is asked for, so that an
 * empty one costs no request.
 *
 * @throws NodeOperationError where it is empty
 */
export function outputFieldOf(context: IExecuteFunctions, itemIndex: number): string {
	const propertyName = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
	if (propertyName) return propertyName;
	throw inputError(context.getNode(), 'Put Output File in Field is empty', {
		description: 'Enter the name of the field that receives the file, such as data.',
		itemIndex,
	});
}

/** A file that a provider made. */
export interface OutputFile {
	name: string;
	mimeType: string;
	bytes: Buffer;
}

/**
 * A file as an output item, in the binary field that the item names.
 *
 * @param json what to say about it beside its name
 * @throws NodeOperationError where the name of the field is empty, or n8n's storage fails
 */
export async function fileItem(
	context: IExecuteFunctions,
	itemIndex: number,
	json: IDataObject,
	file: OutputFile,
): Promise<INodeExecutionData> {
	const propertyName = outputFieldOf(context, itemIndex);
	const binary = await storeFile(context, file, itemIndex);
	return { json: { ...json, fileName: file.name }, binary: { [propertyName]: binary } };
}

/**
 * Puts a file into n8n's storage.
 *
 * @param itemIndex the item that it is for; undefined where there are no items
 * @throws NodeOperationError where the storage fails
 */
export async function storeFile(
	context: ItemContext,
	{ name, mimeType, bytes }: OutputFile,
	itemIndex?: number,
): Promise<IBinaryData> {
	return await context.helpers
		.prepareBinaryData(bytes, name, mimeType)
		.catch(({ message }: Error) => {
			throw inputError(context.getNode(), `n8n cannot store the file "${name}"`, {
				description: `Its storage says: ${safeText(message)}. Make room on its disk and let n8n write there, then run the node again: that costs nothing.`,
				itemIndex,
			});
		});
}
