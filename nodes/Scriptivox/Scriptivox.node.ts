import type {
	EngineResponse,
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { callbackTooltip, callbackWebhooks, receiveCallback } from './callback/webhook';
import { hintsOf, propertiesOf, runOperation } from '../shared/operation/operation';
import { subtitleOf } from '../shared/operation/subtitle';
import { callbackRules } from './delivery';
import { searchTranscriptions } from './listSearch';
import { resources } from './resources';

/** The Scriptivox action node. */
export class Scriptivox implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Scriptivox',
		name: 'scriptivox',
		icon: {
			light: 'file:../../icons/scriptivox.svg',
			dark: 'file:../../icons/scriptivox.dark.svg',
		},
		group: ['transform'],
		// for a node of version 1, n8n evaluates an expression of its own at each call of a webhook
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: subtitleOf(resources),
		description: 'Turn audio and video recordings into transcripts with Scriptivox',
		defaults: { name: 'Scriptivox' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		waitingNodeTooltip: callbackTooltip('Scriptivox'),
		webhooks: callbackWebhooks,
		credentials: [{ name: 'scriptivoxApi', required: true }],
		hints: hintsOf('Scriptivox', resources),
		properties: propertiesOf(resources),
	};

	methods = { listSearch: { searchTranscriptions } };

	async execute(this: IExecuteFunctions, response?: EngineResponse) {
		return await runOperation(this, resources, response);
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveCallback(this, callbackRules(this));
	}
}
