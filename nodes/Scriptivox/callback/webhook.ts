import type { IWebhookDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { acceptedEvent } from '../../shared/webhook/webhookReceiver';
import type { WebhookRules } from '../../shared/webhook/webhookReceiver';
import { parkedJobExpression } from './parking';

/** What a provider reports to an execution that waits for a job. */
export interface Callback {
	/** The job that it is about. */
	jobId: string;
	/** Whether the job has ended, well or badly. */
	hasEnded: boolean;
}

/** The webhook of a node that waits for a callback: n8n's resume URL of the execution. */
export const callbackWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		path: '',
		restartWebhook: true,
	},
];

/**
 * What the canvas says beside a node whose execution is parked.
 *
 * @param provider whose callback it waits for
 */
export function callbackTooltip(provider: string): string {
	return `Parked until ${provider} reports the end of the job`;
}

/**
 * Takes a callback for a parked execution: checks and answers it as `receiveDelivery` does, and lets
 * the execution go on where it reports the end of the very job that is waited for.
 */
export async function receiveCallback(
	context: IWebhookFunctions,
	rules: WebhookRules<Callback>,
): Promise<IWebhookResponseData> {
	const callback = await acceptedEvent(context, rules);
	if (!callback?.hasEnded) return { noWebhookResponse: true };
	const awaited = context.evaluateExpression(parkedJobExpression(context.getNode().name));
	if (callback.jobId !== awaited) return { noWebhookResponse: true };
	// without an output: the node reads the job by itself when it goes on
	return { noWebhookResponse: true, workflowData: [] };
}
