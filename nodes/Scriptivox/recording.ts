import type { IExecuteFunctions } from 'n8n-workflow';

import { checkedId } from '../shared/fields/checkedId';
import { byInputType } from '../shared/fields/inputTypeField';
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
	return await byInputType<Recording>(context, itemIndex, {
		binaryFile: async () => await uploadedBinary(context, itemIndex, attempt),
		async url() {
			const url = await recordingUrlOf(context, itemIndex, scriptivox, LONGEST_URL);
			return { source: { url }, fileName: null };
		},
		async uploadId() {
			const value = context.getNodeParameter('uploadId', itemIndex, '');
			const upload_id = checkedId(context, itemIndex, value, uploadId);
			return { source: { upload_id }, fileName: null };
		},
	});
}

async function uploadedBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	attempt: Attempt,
): Promise<Recording> {
	const file = await recordingToSend(context, itemIndex, fileRules);
	const upload_id = await attempt.once(async () => await uploadFile(context, itemIndex, file));
	const { name, size: sizeBytes } = file;
	return { source: { upload_id }, fileName: name, file: { name, sizeBytes } };
}
