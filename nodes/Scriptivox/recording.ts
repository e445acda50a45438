import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/errors';
import { oncePerKey } from '../shared/idempotency';
import { checkedId } from '../shared/idField';
import { recordingUrlOf } from '../shared/recordingUrl';
import { recordingToSend } from '../shared/upload';
import { uploadFile } from './api';
import type { TranscribeBody } from './api';
import { fileRules } from './files';
import { uploadId } from './ids';
import { scriptivox } from './provider';

/** Characters in a URL (Scriptivox API reference). */
const LONGEST_URL = 2048;

/** Where a recording comes from, as `POST /transcribe` takes it. */
export interface Recording {
	source: Pick<TranscribeBody, 'upload_id' | 'url'>;
	/** The file's name; null where the node does not know it. */
	fileName: string | null;
}

/**
 * The item's recording, ready to be transcribed: a binary file is uploaded for it.
 *
 * @param idempotencyKey the key that the transcription will be started with
 * @throws NodeOperationError for what Scriptivox would refuse; NodeApiError where the upload fails
 */
export async function recordingOf(
	context: IExecuteFunctions,
	itemIndex: number,
	idempotencyKey: string | undefined,
): Promise<Recording> {
	const inputType = context.getNodeParameter('inputType', itemIndex) as string;
	switch (inputType) {
		case 'binaryFile':
			return await uploadedBinary(context, itemIndex, idempotencyKey);
		case 'url':
			return { source: { url: await linkOf(context, itemIndex) }, fileName: null };
		case 'uploadId': {
			const value = context.getNodeParameter('uploadId', itemIndex, '');
			const upload_id = checkedId(context, itemIndex, value, uploadId);
			return { source: { upload_id }, fileName: null };
		}
		default:
			throw inputError(context.getNode(), `There is no input type "${inputType}"`, { itemIndex });
	}
}

async function linkOf(context: IExecuteFunctions, itemIndex: number): Promise<string> {
	return await recordingUrlOf(context, itemIndex, scriptivox, LONGEST_URL);
}

async function uploadedBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	idempotencyKey: string | undefined,
): Promise<Recording> {
	const propertyName = context.getNodeParameter('binaryPropertyName', itemIndex);
	const file = await recordingToSend(context, itemIndex, propertyName, fileRules);
	const upload_id = await oncePerKey(
		context,
		itemIndex,
		idempotencyKey,
		async () => await uploadFile(context, itemIndex, file),
	);
	return { source: { upload_id }, fileName: file.name };
}
