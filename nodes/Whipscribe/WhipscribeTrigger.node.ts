import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { pollJobs } from '../shared/polling/jobPolling';
import { whipscribeApiTest } from './credentialTest';
import { pollingRules } from './polling';
import { eventsSubtitle } from '../shared/operation/subtitle';
import { triggerProperties } from './triggerProperties';

/** Starts a workflow when a job of Whipscribe has ended. */
export class WhipscribeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Whipscribe Trigger',
		name: 'whipscribeTrigger',
		icon: {
			light: 'file:../../icons/whipscribe.svg',
			dark: 'file:../../icons/whipscribe.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(triggerProperties),
		description: 'Transcribe audio and video with Whipscribe, or start a workflow when a job ends',
		defaults: { name: 'Whipscribe Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'whipscribeApi', required: true, testedBy: 'whipscribeApiTest' }],
		properties: triggerProperties,
	};

	methods = { credentialTest: { whipscribeApiTest } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollJobs(this, pollingRules(this));
	}
}
