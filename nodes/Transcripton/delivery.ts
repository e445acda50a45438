import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { credentialReader } from '../shared/core/credential';
import { storeFile } from '../shared/operation/outputItems';
import { filesForEvent, readForEvent, toleranceSecondsOf } from '../shared/webhook/webhookReceiver';
import type { Delivery, WebhookEvent, WebhookRules } from '../shared/webhook/webhookReceiver';
import { objectOf, stringOf, textOf } from '../shared/core/wireValues';
import { exportJob, getJob } from './api';
import type { WireJob } from './api';
import { isFormat, jobFiles } from './exports';
import { transcripton } from './provider';
import { webhookFlaw } from './signature';
import { transcriptOf } from './transcript';

/**
 * Seconds that a delivery may be old: Transcripton tries for up to 5 h 35 min 30 s to deliver it
 * (Transcripton API reference).
 */
export const TOLERANCE_SECONDS = 6 * 60 * 60;

/** The one event that the Transcripton API reference names. */
export const JOB_DONE = 'job.done';

/** Stands in Events for whatever else Transcripton may send. */
export const OTHER_EVENTS = 'other';

/** The binary field that an export is put into. */
const EXPORT_FIELD = 'data';

/** How Transcripton's webhooks are checked and read. */
export function webhookRules(context: IWebhookFunctions): WebhookRules {
	return {
		async flawOf(delivery) {
			const fields = ['webhookSecret', 'previousWebhookSecret'];
			const readSecrets = credentialReader(context, transcripton, ...fields);
			const tolerance = toleranceSecondsOf(context, TOLERANCE_SECONDS);
			return await webhookFlaw(readSecrets, delivery, tolerance);
		},
		eventOf: (delivery) => eventOf(context, delivery),
		changedKeyAdvice:
			'the Webhook Secret may have been changed: enter the one from before as Previous Webhook Secret in the credential',
	};
}

function eventOf(context: IWebhookFunctions, { body }: Delivery): WebhookEvent | undefined {
	const event = stringOf(body.event);
	const jobId = textOf(objectOf(body.data).job_id);
	if (event === JOB_DONE && jobId) {
		const output = async () => await doneOutput(context, jobId, body);
		// a delivery has no id: a job ends once, so its event comes once
		return { name: event, id: `${jobId} ${event}`, output };
	}
	if (!event || event === JOB_DONE) return undefined;
	const id = `${jobId ?? ''} ${event} ${String(body.timestamp)}`;
	return { name: OTHER_EVENTS, id, output: async () => ({ json: body }) };
}

async function doneOutput(
	context: IWebhookFunctions,
	jobId: string,
	body: IDataObject,
): Promise<INodeExecutionData> {
	const fetches = context.getNodeParameter('options.fetchTranscript', true) as boolean;
	const job = fetches
		? await readForEvent(transcripton, jobId, async () => await getJob(context, undefined, jobId))
		: { value: undefined };
	const file = await exportedFile(context, jobId);
	const files = await filesForEvent(context, jobFiles, { id: jobId, recording: null });
	const [error] = [job, file, files].flatMap((read) => ('error' in read ? (read.error ?? []) : []));
	const json = jsonOf(context, jobId, body, 'value' in job ? job.value : undefined);
	const binary = { ...('value' in file && file.value), ...files.binary };
	return {
		json: { ...json, ...(error && { error: { ...error } }) },
		...(Object.keys(binary).length > 0 && { binary }),
	};
}

function jsonOf(
	context: IWebhookFunctions,
	jobId: string,
	body: IDataObject,
	job: WireJob | undefined,
): IDataObject {
	const { event } = body;
	if (!context.getNodeParameter('simplify', true)) return job ? { ...job, event } : body;
	return { ...transcriptOf({ ...objectOf(body.data), ...job, id: jobId }), event };
}

/** The file of the option Export Format, which is older than Files. */
async function exportedFile(context: IWebhookFunctions, jobId: string) {
	const format = String(context.getNodeParameter('options.exportFormat', ''));
	if (!isFormat(format)) return { value: {} };
	return await readForEvent(transcripton, jobId, async () => {
		const file = await exportJob(context, undefined, jobId, format);
		return { [EXPORT_FIELD]: await storeFile(context, file) };
	});
}
