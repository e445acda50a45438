import type { INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { eventsSubtitle } from '../shared/operation/subtitle';
import { triggerProperties } from './triggerProperties';
import { pollAppliance } from './watching';

/** Starts a workflow when a MediaScribe appliance starts or stops, or has trouble. */
export class MediaScribeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MediaScribe Trigger',
		name: 'mediaScribeTrigger',
		icon: {
			light: 'file:../../icons/mediascribe.svg',
			dark: 'file:../../icons/mediascribe.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: eventsSubtitle(triggerProperties),
		description:
			'Start and stop live captions on a MediaScribe appliance, or start a workflow when it records or loses its signal',
		defaults: { name: 'MediaScribe Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mediaScribeApi', required: true }],
		properties: triggerProperties,
	};

	async poll(this: IPollFunctions) {
		return await pollAppliance(this);
	}
}
