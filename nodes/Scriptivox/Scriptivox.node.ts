import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { propertiesOf, runOperation } from '../shared/operation';
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
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Turn audio and video recordings into transcripts with Scriptivox',
		defaults: { name: 'Scriptivox' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'scriptivoxApi', required: true }],
		properties: propertiesOf(resources),
	};

	methods = { listSearch: { searchTranscriptions } };

	async execute(this: IExecuteFunctions) {
		return await runOperation(this, resources);
	}
}
