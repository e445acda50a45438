import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { pollJobs } from '../shared/polling/jobPolling';
import { pollingRules } from './polling';
import { eventsSubtitle } from '../shared/operation/subtitle';
import { triggerProperties } from './triggerProperties';

/** Starts a workflow when a job of Scripe has ended. */
export class ScripeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Scripe Trigger',
		name: 'scripeTrigger',
		icon: {
			light: 'file:../../icons/scripe.svg',
			dark: 'file:../../icons/scripe.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(triggerProperties),
		description:
			'Turn recordings, documents and texts into LinkedIn posts with Scripe, or start a workflow when a job ends',
		defaults: { name: 'Scripe Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'scripeApi', required: true }],
		properties: triggerProperties,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollJobs(this, pollingRules(this));
	}
}
