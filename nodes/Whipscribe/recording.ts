import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../shared/errors';
import { recordingUrlOf } from '../shared/recordingUrl';
import { recordingToSend } from '../shared/upload';
import { startWithFile, startWithUrl } from './api';
import type { JobSettings, StartedJob } from './api';
import { fileRules } from './files';
import { whipscribe } from './provider';

/**
 * Starts a job with the item's recording.
 *
 * @returns the job, and the file's name where the node knows it
 * @throws NodeOperationError for what Whipscribe would refuse; NodeApiError where it does
 */
export async function startRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: JobSettings,
	idempotencyKey: string | undefined,
): Promise<StartedJob & { fileName: string | null }> {
	const inputType = context.getNodeParameter('inputType', itemIndex) as string;
	switch (inputType) {
		case 'binaryFile': {
			const propertyName = context.getNodeParameter('binaryPropertyName', itemIndex);
			const file = await recordingToSend(context, itemIndex, propertyName, fileRules);
			const started = await startWithFile(context, itemIndex, file, settings, idempotencyKey);
			return { ...started, fileName: file.name };
		}
		case 'url': {
			const url = await recordingUrlOf(context, itemIndex, whipscribe);
			const started = await startWithUrl(context, itemIndex, url, settings, idempotencyKey);
			return { ...started, fileName: null };
		}
		default:
			throw inputError(context.getNode(), `There is no input type "${inputType}"`, { itemIndex });
	}
}
