import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { credentialReader } from '../shared/core/credential';
import { filesForEvent, readForEvent, toleranceSecondsOf } from '../shared/webhook/webhookReceiver';
import type { Delivery, WebhookEvent, WebhookRules } from '../shared/webhook/webhookReceiver';
import { isFinished } from '../shared/transcript/transcript';
import { stringOf, textOf } from '../shared/core/wireValues';
import { getTranscription } from './api';
import type { Callback } from './callback/webhook';
import { transcriptionFiles } from './exports';
import { scriptivox } from './provider';
import { webhookFlaw } from './signature';
import { statusOf, transcriptOf } from './transcript';

/** Seconds that a delivery may be old (Scriptivox MCP server, webhooks). */
export const TOLERANCE_SECONDS = 300;

const COMPLETED = 'transcription.completed';

/** Scriptivox signs with the key that started the job. */
const CHANGED_KEY_ADVICE =
	'the job may have been started with another API Key: enter the one from before a change as Previous API Key in the credential';

/** How the trigger checks and reads Scriptivox's webhooks. */
export function webhookRules(context: IWebhookFunctions): WebhookRules {
	return {
		flawOf: async (delivery) =>
			await flawOf(context, delivery, toleranceSecondsOf(context, TOLERANCE_SECONDS)),
		eventOf: (delivery) => eventOf(context, delivery),
		changedKeyAdvice: CHANGED_KEY_ADVICE,
	};
}

/** How a parked execution checks and reads them. */
export function callbackRules(context: IWebhookFunctions): WebhookRules<Callback> {
	return {
		// without a credential nobody can tell; the execution's own look then says what is the matter
		flawOf: async (delivery) =>
			await flawOf(context, delivery, TOLERANCE_SECONDS).catch(() => 'wrong' as const),
		eventOf: callbackOf,
		changedKeyAdvice: CHANGED_KEY_ADVICE,
	};
}

async function flawOf(
	context: IWebhookFunctions,
	{ rawBody, headers }: Delivery,
	toleranceSeconds: number,
) {
	const readApiKeys = credentialReader(context, scriptivox, 'apiKey', 'previousApiKey');
	return await webhookFlaw(readApiKeys, rawBody, headers, toleranceSeconds);
}

/** An event's name and the transcription that it is about; undefined where it is none. */
function reportOf({ event, transcription_id }: IDataObject) {
	const name = stringOf(event);
	const id = textOf(transcription_id);
	return name && id ? { name, id } : undefined;
}

function callbackOf({ body }: Delivery): Callback | undefined {
	const report = reportOf(body);
	return report && { jobId: report.id, hasEnded: isFinished({ status: statusNamed(report.name) }) };
}

function eventOf(context: IWebhookFunctions, { body }: Delivery): WebhookEvent | undefined {
	const report = reportOf(body);
	if (!report) return undefined;
	const { name, id } = report;
	return {
		name,
		id: `${id} ${name}`,
		output: async () => await outputOf(context, name, id, body),
	};
}

// the events are named after the statuses
function statusNamed(event: string) {
	return statusOf(event.replace('transcription.', ''));
}

async function outputOf(
	context: IWebhookFunctions,
	event: string,
	id: string,
	body: IDataObject,
): Promise<INodeExecutionData> {
	const read = needsFetch(context, event, body)
		? await readForEvent(scriptivox, id, async () => await getTranscription(context, undefined, id))
		: { value: {} };
	const transcription = { ...body, ...('value' in read ? read.value : {}) };
	const { binary, error: unfetched } =
		event === COMPLETED
			? await filesForEvent(context, transcriptionFiles, { id, recording: null })
			: {};
	const error = 'error' in read ? read.error : unfetched;
	const json = { ...jsonOf(context, event, transcription), ...(error && { error: { ...error } }) };
	return { json, ...(binary && { binary }) };
}

function jsonOf(context: IWebhookFunctions, event: string, transcription: IDataObject) {
	if (!context.getNodeParameter('simplify', true)) return transcription;
	const status = transcription.status ?? event.replace('transcription.', '');
	return { ...transcriptOf({ ...transcription, status }), event };
}

function needsFetch(context: IWebhookFunctions, event: string, { result }: IDataObject): boolean {
	const fetchTranscript = context.getNodeParameter('options.fetchTranscript', true) as boolean;
	return fetchTranscript && event === COMPLETED && !result;
}
