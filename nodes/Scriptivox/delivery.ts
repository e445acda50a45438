import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { readForEvent, toleranceSecondsOf } from '../shared/webhookReceiver';
import type { Delivery, WebhookEvent, WebhookRules } from '../shared/webhookReceiver';
import { textOf } from '../shared/wireValues';
import { getTranscription } from './api';
import { webhookFlaw } from './signature';
import { transcriptOf } from './transcript';

/** Seconds that a delivery may be old (Scriptivox MCP server, webhooks). */
export const TOLERANCE_SECONDS = 300;

/** How Scriptivox's webhooks are checked and read. */
export function webhookRules(context: IWebhookFunctions): WebhookRules {
	return {
		async flawOf({ rawBody, headers }) {
			const { apiKey } = await context.getCredentials('scriptivoxApi');
			const tolerance = toleranceSecondsOf(context, TOLERANCE_SECONDS);
			return webhookFlaw(textOf(apiKey) ?? '', rawBody, headers, tolerance);
		},
		eventOf: (delivery) => eventOf(context, delivery),
	};
}

function eventOf(context: IWebhookFunctions, { body }: Delivery): WebhookEvent | undefined {
	const name = textOf(body.event);
	const id = textOf(body.transcription_id);
	if (!name || !id) return undefined;
	return {
		name,
		id: `${id} ${name}`,
		output: async () => ({ json: await outputOf(context, name, id, body) }),
	};
}

async function outputOf(
	context: IWebhookFunctions,
	event: string,
	id: string,
	body: IDataObject,
): Promise<IDataObject> {
	const transcription = needsFetch(context, event, body)
		? { ...body, ...(await readForEvent(async () => await getTranscription(context, id))) }
		: body;
	if (!context.getNodeParameter('simplify', true)) return transcription;
	const status = transcription.status ?? event.replace('transcription.', '');
	return { ...transcriptOf({ ...transcription, status }), event };
}

function needsFetch(context: IWebhookFunctions, event: string, { result }: IDataObject): boolean {
	const fetchTranscript = context.getNodeParameter('options.fetchTranscript', true) as boolean;
	return fetchTranscript && event === 'transcription.completed' && !result;
}
