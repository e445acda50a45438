import type { IExecuteFunctions } from 'n8n-workflow';

import { byInputType } from '../shared/fields/inputTypeField';
import { recordingUrlOf } from '../shared/fields/recordingUrl';
import { startOnce } from '../shared/operation/startOnce';
import type { Attempt } from '../shared/operation/startOnce';
import { recordingToSend } from '../shared/files/upload';
import { startWithFile, startWithUrl } from './api';
import type { JobSettings, StartedJob } from './api';
import { fileRules } from './files';
import { whipscribe } from './provider';
import { idempotencyKeyRules } from './transcribeOptions';

/** A job that was started, and the name of its file where the node knows it. */
export interface StartedRecording extends StartedJob {
	fileName: string | null;
}

/**
 * Starts a job with the item's recording, once in an execution.
 *
 * @returns the job, and the file's name where the node knows it
 * @throws NodeOperationError for what Whipscribe would refuse; NodeApiError where it does
 */
export async function startRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: JobSettings,
): Promise<StartedRecording> {
	const rules = { provider: whipscribe, keys: idempotencyKeyRules };
	return await startOnce(
		context,
		itemIndex,
		rules,
		async (attempt) => await sendRecording(context, itemIndex, settings, attempt),
	);
}

async function sendRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: JobSettings,
	attempt: Attempt,
): Promise<StartedRecording> {
	return await byInputType<StartedRecording>(context, itemIndex, {
		async binaryFile() {
			const file = await recordingToSend(context, itemIndex, fileRules);
			const fields = attempt.asBefore(settings);
			const started = await attempt.send(
				async () => await startWithFile(context, itemIndex, file, fields, attempt.key),
			);
			return { ...started, fileName: file.name };
		},
		async url() {
			const { url, ...fields } = attempt.asBefore({
				url: await recordingUrlOf(context, itemIndex, whipscribe),
				...settings,
			});
			const started = await attempt.send(
				async () => await startWithUrl(context, itemIndex, url, fields, attempt.key),
			);
			return { ...started, fileName: null };
		},
	});
}
