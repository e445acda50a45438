import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { hintsOf, propertiesOf, runOperation } from '../shared/operation/operation';
import { subtitleOf } from '../shared/operation/subtitle';
import { searchJobs } from './listSearch';
import { resources } from './resources';

/** The Transcripton action node. */
export class Transcripton implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Transcripton',
		name: 'transcripton',
		icon: {
			light: 'file:../../icons/transcripton.svg',
			dark: 'file:../../icons/transcripton.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: 'Turn recordings into transcripts, summaries and translations with Transcripton',
		defaults: { name: 'Transcripton' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'transcriptonApi', required: true }],
		hints: hintsOf('Transcripton', resources),
		properties: propertiesOf(resources),
	};

	methods = { listSearch: { searchJobs } };

	async execute(this: IExecuteFunctions) {
		return await runOperation(this, resources);
	}
}
