import type { IExecuteFunctions } from 'n8n-workflow';

import { isHttpUrl } from '../shared/baseUrl';
import { inputError } from '../shared/errors';
import { oncePerKey } from '../shared/idempotency';
import { checkedId } from '../shared/idField';
import { checkFile, uploadFileOf } from '../shared/upload';
import { uploadFile } from './api';
import type { TranscribeBody } from './api';
import { fileRules } from './files';
import { uploadId } from './ids';

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
			return { source: { url: checkedUrl(context, itemIndex) }, fileName: null };
		case 'uploadId': {
			const value = context.getNodeParameter('uploadId', itemIndex, '');
			const upload_id = checkedId(context, itemIndex, value, uploadId);
			return { source: { upload_id }, fileName: null };
		}
		default:
			throw inputError(context.getNode(), `There is no input type "${inputType}"`, { itemIndex });
	}
}

async function uploadedBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	idempotencyKey: string | undefined,
): Promise<Recording> {
	const propertyName = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
	const file = await uploadFileOf(context, itemIndex, propertyName);
	checkFile(context, itemIndex, file, fileRules);
	const upload_id = await oncePerKey(
		context,
		itemIndex,
		idempotencyKey,
		async () => await uploadFile(context, itemIndex, file),
	);
	return { source: { upload_id }, fileName: file.name };
}

function checkedUrl(context: IExecuteFunctions, itemIndex: number): string {
	const url = String(context.getNodeParameter('url', itemIndex, '')).trim();
	const flaw = urlFlaw(url);
	if (flaw) throw inputError(context.getNode(), `URL ${flaw}`, { itemIndex });
	return url;
}

/** What Scriptivox would refuse a URL for; undefined where it takes it (Scriptivox API reference). */
function urlFlaw(url: string): string | undefined {
	if (url === '') return 'is empty';
	if (!isHttpUrl(url)) return 'must begin with http:// or https://';
	return url.length > LONGEST_URL ? `must have at most ${LONGEST_URL} characters` : undefined;
}
