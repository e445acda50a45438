import type { IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Which node of which workflow it is: what a process remembers of a trigger is kept under this. */
export function triggerOf(context: IPollFunctions | IWebhookFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}
