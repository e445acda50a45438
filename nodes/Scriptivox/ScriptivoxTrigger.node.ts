import type {
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

/** Starts a workflow when Scriptivox reports on a transcription. */
export class ScriptivoxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Scriptivox Trigger',
		name: 'scriptivoxTrigger',
		icon: {
			light: 'file:../../icons/scriptivox.svg',
			dark: 'file:../../icons/scriptivox.dark.svg',
		},
		group: ['trigger'],
		// for a node of version 1, n8n evaluates an expression of its own at each call of a webhook
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: eventsSubtitle(triggerProperties),
		description:
			'Transcribe audio and video with Scriptivox, or start a workflow when a transcription ends',
		defaults: { name: 'Scriptivox Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'scriptivoxApi', required: true }],
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

	// Scriptivox has no call to register a webhook: its URL goes with each job, or into the account
	webhookMethods = {
		default: {
			async checkExists() {
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
