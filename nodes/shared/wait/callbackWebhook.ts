import type { IWebhookDescription } from 'n8n-workflow';

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
