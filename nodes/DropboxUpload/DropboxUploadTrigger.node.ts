import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { searchFolders } from './listSearch';
import { poll } from './polling';
import { receive } from './receiving';
import { triggerProperties } from './triggerProperties';

/** Starts a workflow when a file is added to a Dropbox folder, or changed in it. */
export class DropboxUploadTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Dropbox Upload Trigger',
		name: 'dropboxUploadTrigger',
		icon: {
			light: 'file:../../icons/dropboxUpload.svg',
			dark: 'file:../../icons/dropboxUpload.dark.svg',
		},
		group: ['trigger'],
		// for a node of version 1, n8n evaluates an expression of its own at each call of a webhook
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{ $parameter["folder"].value }}',
		description: 'Starts the workflow when a file is added to a Dropbox folder or changed in it',
		defaults: { name: 'Dropbox Upload Trigger' },
		// looks once when n8n starts, too: changes made meanwhile were notified to nobody
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'dropboxUploadOAuth2Api', required: true }],
		webhooks: [
			{
				name: 'default',
				// GET asks whether the address is right; without a method there is no webhook at all
				httpMethod: '={{ $parameter["receive"] === "polling" ? "" : "GET,POST" }}',
				responseMode: 'onReceived',
				path: 'webhook',
				// an address that nobody answers at is not to be copied
				ndvHideUrl: '={{ $parameter["receive"] === "polling" }}',
			},
		],
		properties: triggerProperties,
	};

	methods = { listSearch: { searchFolders } };

	// Dropbox has no call to register a webhook: its URL is entered in the App Console
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
		return await receive(this);
	}

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
