import { LoggerProxy, jsonParse } from 'n8n-workflow';
import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { DeliveryMemory } from './deliveryMemory';
import { fetchFiles, formatsNamed } from '../operation/jobFiles';
import type { ExportedJob, FetchedFiles, JobFiles } from '../operation/jobFiles';
import type { JobOperations } from '../core/provider';
import { settled } from '../core/settled';
import { triggerOf } from '../core/triggerOf';
import type { SignatureFlaw } from './signature';
import { unreadError } from '../core/unreadError';
import type { UnreadError } from '../core/unreadError';
import { objectOf } from '../core/wireValues';

/** A delivery as received. */
export interface Delivery {
	/** The body's bytes, over which the signature goes. */
	rawBody: Buffer;
	/** With lower-case names. */
	headers: IDataObject;
	isJson: boolean;
	/** The body read as JSON; empty where it is no object of it. */
	body: IDataObject;
}

/** A provider's event, ready to be emitted. */
export interface WebhookEvent {
	/** As it stands in the node's Events. */
	name: string;
	/** The same for every delivery of the same event. */
	id: string;
	/** Makes the output; may ask the provider for more. */
	output(): Promise<INodeExecutionData>;
}

/** A request as n8n hands it on: it has read the charset of the content type. */
type ParsedRequest = ReturnType<IWebhookFunctions['getRequestObject']> & { encoding?: string };

/** How a provider's webhooks are checked and read. */
export interface WebhookRules<Event = WebhookEvent> {
	/** Why the delivery is not believed; undefined where it is genuine. */
	flawOf(delivery: Delivery): Promise<SignatureFlaw | undefined>;
	/** Where a signature may not fit because a key was changed: what to do, to go behind a colon. */
	changedKeyAdvice: string;
	/** The event in a genuine delivery; undefined where it is none. */
	eventOf(delivery: Delivery): Event | undefined;
}

const REASONS: Record<SignatureFlaw, string> = {
	noKey: 'The credential has no key to check it with',
	unsigned: 'It carries no signature',
	badTimestamp: 'It carries no timestamp',
	outsideWindow: 'It is too old, or from the future',
	wrong: 'Its signature does not fit',
};

/**
 * Takes a delivery: checks its signature, answers at once, and gives the workflow what it is about.
 *
 * Answers 401 to what is not genuine, 400 to what is no event, and 200 to the rest; only events
 * that were chosen and are new start the workflow.
 */
export async function receiveDelivery(
	context: IWebhookFunctions,
	rules: WebhookRules,
): Promise<IWebhookResponseData> {
	const event = await acceptedEvent(context, rules);
	const output = event && isChosen(context, event) ? await outputOnce(context, event) : undefined;
	return { noWebhookResponse: true, ...(output && { workflowData: [[output]] }) };
}

/**
 * Checks and answers a delivery.
 *
 * @returns its event, where it was answered with 200; undefined where it was rejected
 */
export async function acceptedEvent<Event>(
	context: IWebhookFunctions,
	rules: WebhookRules<Event>,
): Promise<Event | undefined> {
	const delivery = await deliveryOf(context);
	const flaw = await rules.flawOf(delivery);
	if (flaw) return rejectForged(context, flaw, rules.changedKeyAdvice);
	const event = rules.eventOf(delivery);
	if (!event) return reject(context, 400, delivery.isJson ? 'It holds no event' : 'It is no JSON');
	respond(context, 200, { received: true });
	return event;
}

const NO_JSON = Symbol('no JSON');

/** What was delivered, as received. */
export async function deliveryOf(context: IWebhookFunctions): Promise<Delivery> {
	const request = context.getRequestObject() as ParsedRequest;
	const rawBody = await rawBodyOf(request);
	const body = jsonParse<unknown>(textIn(rawBody, request.encoding), { fallbackValue: NO_JSON });
	return {
		rawBody,
		headers: context.getHeaderData() as IDataObject,
		isJson: body !== NO_JSON,
		body: objectOf(body) as IDataObject,
	};
}

/** A body's bytes; none where they cannot be read, which no signature fits. */
async function rawBodyOf(request: ParsedRequest): Promise<Buffer> {
	// of a node above version 1, n8n reads only content types that it can parse
	if (request.rawBody === undefined && !request.contentType?.startsWith('multipart/')) {
		await settled(request.readRawBody());
	}
	return request.rawBody ?? Buffer.alloc(0);
}

/** A body's text as n8n reads it: in the sender's charset, without a byte order mark. */
function textIn(rawBody: Buffer, charset: string | undefined): string {
	const text = rawBody.toString(charset && Buffer.isEncoding(charset) ? charset : 'utf8');
	return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Answers a delivery with a body of JSON. */
export function respond(context: IWebhookFunctions, status: number, body: IDataObject): void {
	context.getResponseObject().status(status).json(body);
}

/**
 * Answers 401 to a delivery that is not believed, and says so in n8n's log.
 *
 * @param changedKeyAdvice what to do about a changed key; only the log tells it
 */
export function rejectForged(
	context: IWebhookFunctions,
	flaw: SignatureFlaw,
	changedKeyAdvice: string,
): undefined {
	return reject(context, 401, REASONS[flaw], flaw === 'wrong' ? changedKeyAdvice : undefined);
}

/**
 * Turns a delivery away, and says so in n8n's log.
 *
 * @param reason one sentence without a full stop
 * @param advice for the log alone, without a full stop
 */
export function reject(
	context: IWebhookFunctions,
	status: number,
	reason: string,
	advice?: string,
): undefined {
	const rejected = `A webhook for the node "${context.getNode().name}" was rejected: ${reason}`;
	LoggerProxy.warn(advice ? `${rejected}; ${advice}` : rejected);
	respond(context, status, { message: `The webhook was rejected. ${reason}.` });
	return undefined;
}

function isChosen(context: IWebhookFunctions, { name }: WebhookEvent): boolean {
	return (context.getNodeParameter('events', []) as string[]).includes(name);
}

/** An event's output; undefined where the event was emitted before. */
async function outputOnce(
	context: IWebhookFunctions,
	{ id, output }: WebhookEvent,
): Promise<INodeExecutionData | undefined> {
	// while somebody tests in the editor, each delivery counts
	if (context.getMode() === 'manual') return await output();
	const memory = new DeliveryMemory(context.getWorkflowStaticData('node'), triggerOf(context));
	if (!memory.isNew(id)) return undefined;
	const outcome = await settled(output());
	if ('failure' in outcome) {
		memory.forget(id);
		throw outcome.failure;
	}
	memory.store();
	return outcome.value;
}

/**
 * Reads from a provider what an event does not carry.
 *
 * @param provider whose job it is
 * @param id the job's
 * @returns what was read; where it cannot be, why: the event must not be lost
 */
export async function readForEvent<Found>(
	provider: JobOperations,
	id: string,
	read: () => Promise<Found>,
): Promise<{ value: Found } | { error: UnreadError }> {
	const outcome = await settled(read());
	if ('value' in outcome) return outcome;
	const { message } = outcome.failure as Error;
	LoggerProxy.warn(`What a webhook is about could not be read: ${message}`);
	return { error: unreadError(outcome.failure, id, provider) };
}

/**
 * Fetches the files that the user chose in the trigger's options.
 *
 * @param job the one that an event is about, which has ended well
 * @returns nothing where none was chosen; where one cannot be had, why
 */
export async function filesForEvent<Format extends string>(
	context: IWebhookFunctions,
	jobFiles: JobFiles<Format>,
	job: ExportedJob,
): Promise<Partial<FetchedFiles>> {
	const formats = formatsNamed(context.getNodeParameter('options.files', []));
	if (formats.length === 0) return {};
	const fetched = await fetchFiles(context, undefined, jobFiles, job, formats);
	if (fetched.error) {
		const { message } = fetched.failure as Error;
		LoggerProxy.warn(`What a webhook is about could not be read: ${message}`);
	}
	return fetched;
}

/** The trigger's tolerance in seconds, the provider's where none is set. */
export function toleranceSecondsOf(context: IWebhookFunctions, byDefault: number): number {
	const seconds = Number(context.getNodeParameter('options.toleranceSeconds', byDefault));
	return seconds > 0 ? seconds : byDefault;
}
