import type { IExecuteFunctions } from 'n8n-workflow';

import { checkedId } from '../shared/fields/checkedId';
import { unknownInputType } from '../shared/fields/inputTypeField';
import { recordingUrlOf } from '../shared/fields/recordingUrl';
import type { Attempt } from '../shared/operation/startOnce';
import { recordingToSend } from '../shared/files/upload';
import { uploadFile } from './api';
import type { TranscribeBody } from './api';
import type { SentFile } from './conflict';
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
	/** The file, where the node has sent it. */
	file?: SentFile;
}

/**
 * The item's recording, ready to be transcribed: a binary file is uploaded for it.
 *
 * @param attempt keeps the upload for a retry, as the same key needs the same body
 * @throws NodeOperationError for what Scriptivox would refuse; NodeApiError where the upload fails
 */
export async function recordingOf(
	context: IExecuteFunctions,
	itemIndex: number,
	attempt: Attempt,
): Promise<Recording> {
	const inputType = context.getNodeParameter('inputType', itemIndex) as string;
	switch (inputType) {
		case 'binaryFile':
			return await uploadedBinary(context, itemIndex, attempt);
		case 'url':
			return { source: { url: await linkOf(context, itemIndex) }, fileName: null };
		case 'uploadId': {
			const value = context.getNodeParameter('uploadId', itemIndex, '');
			const upload_id = checkedId(context, itemIndex, value, uploadId);
			return { source: { upload_id }, fileName: null };
		}
		default:
			throw unknownInputType(context, itemIndex, inputType);
	}
}

async function linkOf(context: IExecuteFunctions, itemIndex: number): Promise<string> {
	return await recordingUrlOf(context, itemIndex, scriptivox, LONGEST_URL);
}

async function uploadedBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	attempt: Attempt,
): Promise<Recording> {
	const propertyName = context.getNodeParameter('binaryPropertyName', itemIndex);
	const file = await recordingToSend(context, itemIndex, propertyName, fileRules);
	const upload_id = await attempt.once(async () => await uploadFile(context, itemIndex, file));
	const { name, size: sizeBytes } = file;
	return { source: { upload_id }, fileName: name, file: { name, sizeBytes } };
}
