import { LoggerProxy, jsonParse } from 'n8n-workflow';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isNewDelivery } from '../shared/deliveries';
import type { SignatureFlaw } from '../shared/signature';
import { objectOf, textOf } from '../shared/wireValues';
import { getTranscription } from './api';
import type { WireTranscription } from './api';
import { webhookFlaw } from './signature';
import { transcriptOf } from './transcript';

/** Seconds that a delivery may be old (Scriptivox MCP server, webhooks). */
export const TOLERANCE_SECONDS = 300;

const REASONS: Record<SignatureFlaw, string> = {
	noKey: 'The credential has no API key to check it with',
	unsigned: 'It carries no signature',
	badTimestamp: 'It carries no timestamp',
	outsideWindow: 'It is too old, or from the future',
	wrong: 'Its signature does not fit',
};

/** What Scriptivox posts: the event's name and the job that it is about. */
interface WebhookEvent extends IDataObject {
	event: string;
	transcription_id: string;
}

/**
 * Takes a delivery: checks its signature, answers at once, and gives the workflow what it is about.
 *
 * Answers 401 to what is not genuine, 400 to what is no event, and 200 to the rest; only events
 * that were chosen and are new start the workflow.
 */
export async function receiveDelivery(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const rawBody = context.getRequestObject().rawBody ?? Buffer.alloc(0);
	const flaw = await flawOf(context, rawBody);
	if (flaw) return reject(context, 401, REASONS[flaw]);
	const event = eventOf(rawBody);
	if (!event) return reject(context, 400, 'It is not a Scriptivox event');
	respond(context, 200, { received: true });
	if (!isWanted(context, event)) return { noWebhookResponse: true };
	return { noWebhookResponse: true, workflowData: [[{ json: await outputOf(context, event) }]] };
}

async function flawOf(
	context: IWebhookFunctions,
	rawBody: Buffer,
): Promise<SignatureFlaw | undefined> {
	const { apiKey } = await context.getCredentials('scriptivoxApi');
	const seconds = Number(context.getNodeParameter('options.toleranceSeconds', TOLERANCE_SECONDS));
	return webhookFlaw(
		textOf(apiKey) ?? '',
		rawBody,
		context.getHeaderData() as IDataObject,
		Number.isFinite(seconds) ? seconds : TOLERANCE_SECONDS,
	);
}

function respond(context: IWebhookFunctions, status: number, body: IDataObject): void {
	context.getResponseObject().status(status).json(body);
}

function reject(context: IWebhookFunctions, status: number, reason: string): IWebhookResponseData {
	LoggerProxy.warn(`A webhook for the node "${context.getNode().name}" was rejected: ${reason}`);
	respond(context, status, { message: `The webhook was rejected. ${reason}.` });
	return { noWebhookResponse: true };
}

function eventOf(rawBody: Buffer): WebhookEvent | undefined {
	const body = objectOf(jsonParse<unknown>(rawBody.toString('utf8'), { fallbackValue: undefined }));
	const event = textOf(body.event);
	const transcription_id = textOf(body.transcription_id);
	return event && transcription_id ? { ...body, event, transcription_id } : undefined;
}

function isWanted(context: IWebhookFunctions, { event, transcription_id }: WebhookEvent): boolean {
	const events = context.getNodeParameter('events', []) as string[];
	if (!events.includes(event)) return false;
	// while somebody tests in the editor, each delivery counts
	if (context.getMode() === 'manual') return true;
	const trigger = `${context.getWorkflow().id} ${context.getNode().id}`;
	const staticData = context.getWorkflowStaticData('node');
	return isNewDelivery(staticData, trigger, `${transcription_id} ${event}`);
}

async function outputOf(context: IWebhookFunctions, event: WebhookEvent): Promise<IDataObject> {
	const transcription = needsFetch(context, event)
		? { ...event, ...(await fetched(context, event)) }
		: event;
	if (!context.getNodeParameter('simplify', true)) return transcription;
	const status = transcription.status ?? event.event.replace('transcription.', '');
	return { ...transcriptOf({ ...transcription, status }), event: event.event };
}

function needsFetch(context: IWebhookFunctions, { event, result }: WebhookEvent): boolean {
	const fetchTranscript = context.getNodeParameter('options.fetchTranscript', true) as boolean;
	return fetchTranscript && event === 'transcription.completed' && !result;
}

/** The transcription; nothing where it cannot be read, because the event must not be lost. */
async function fetched(
	context: IWebhookFunctions,
	{ transcription_id }: WebhookEvent,
): Promise<WireTranscription> {
	try {
		return await getTranscription(context, transcription_id);
	} catch (error) {
		const { message } = error as Error;
		LoggerProxy.warn(`The transcript of a Scriptivox webhook could not be read: ${message}`);
		return {};
	}
}
