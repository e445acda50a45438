import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { receiveDelivery } from '../shared/webhook/webhookReceiver';
import { webhookRules } from './delivery';
import { eventsSubtitle } from '../shared/operation/subtitle';
import { triggerProperties } from './triggerProperties';
import { requireWebhookSecret } from './webhookSecret';

/** Starts a workflow when Transcripton has finished a job. */
export class TranscriptonTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Transcripton Trigger',
		name: 'transcriptonTrigger',
		icon: {
			light: 'file:../../icons/transcripton.svg',
			dark: 'file:../../icons/transcripton.dark.svg',
		},
		group: ['trigger'],
		// for a node of version 1, n8n evaluates an expression of its own at each call of a webhook
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: eventsSubtitle(triggerProperties),
		description:
			'Transcribe, summarize and translate recordings with Transcripton, or start a workflow when a job is done',
		defaults: { name: 'Transcripton Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'transcriptonApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'webhook',
			},
		],
		properties: triggerProperties,
	};

	// Transcripton has no call to register a webhook: its URL is entered in the dashboard
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions) {
				await requireWebhookSecret(this);
				return true;
			},
			async create() {
				return true;
			},
			async delete() {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveDelivery(this, webhookRules(this));
	}
}
