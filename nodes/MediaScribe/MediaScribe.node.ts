import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { propertiesOf, runOperation } from '../shared/operation/operation';
import { subtitleOf } from '../shared/operation/subtitle';
import { searchPresets } from './listSearch';
import { resources } from './resources';

/** The MediaScribe action node. */
export class MediaScribe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MediaScribe',
		name: 'mediaScribe',
		icon: {
			light: 'file:../../icons/mediascribe.svg',
			dark: 'file:../../icons/mediascribe.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: 'Start, stop and watch live captions on a MediaScribe appliance',
		defaults: { name: 'MediaScribe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'mediaScribeApi', required: true }],
		properties: propertiesOf(resources),
	};

	methods = { listSearch: { searchPresets } };

	async execute(this: IExecuteFunctions) {
		return await runOperation(this, resources);
	}
}
