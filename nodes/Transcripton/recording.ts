import type { IExecuteFunctions } from 'n8n-workflow';

import { byInputType } from '../shared/fields/inputTypeField';
import { recordingUrlOf } from '../shared/fields/recordingUrl';
import { recordingToSend } from '../shared/files/upload';
import { startOnce } from '../shared/operation/startOnce';
import type { Attempt } from '../shared/operation/startOnce';
import { unixSecondsOf } from '../shared/core/wireValues';
import { listJobs, startWithFile, startWithUrl } from './api';
import type { JobSettings, WireJob } from './api';
import { fileRules } from './files';
import { transcripton } from './provider';

/** A job that was started, and the name of its file where the node knows it. */
export interface StartedRecording {
	started: WireJob;
	fileName: string | null;
}

/**
 * Starts a job with the item's recording, once in an execution. Transcripton knows no idempotency
 * key, so its list of jobs has to say whether a start arrived.
 *
 * @throws NodeOperationError for what Transcripton would refuse; NodeApiError where it does
 */
export async function startRecording(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: JobSettings,
): Promise<StartedRecording> {
	const rules = {
		provider: transcripton,
		keys: null,
		startedSince: async (since: number) => await idsOfJobsSince(context, itemIndex, since),
	};
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
			const started = await attempt.send(
				async () => await startWithFile(context, itemIndex, file, settings),
			);
			return { started, fileName: file.name };
		},
		async url() {
			const url = await recordingUrlOf(context, itemIndex, transcripton);
			const started = await attempt.send(
				async () => await startWithUrl(context, itemIndex, url, settings),
			);
			return { started, fileName: null };
		},
	});
}

/**
 * The jobs that were started since a time, as far as the first page of the list shows them.
 *
 * @param since in milliseconds since 1970
 * @returns their IDs; also of those whose time cannot be read
 */
async function idsOfJobsSince(
	context: IExecuteFunctions,
	itemIndex: number,
	since: number,
): Promise<string[]> {
	const { entries } = await listJobs(context, itemIndex);
	return entries
		.filter(({ created_at }) => (unixSecondsOf(created_at) ?? Infinity) * 1000 >= since)
		.map(({ id }) => String(id));
}
