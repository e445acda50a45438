import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { hintsOf, propertiesOf, runOperation } from '../shared/operation/operation';
import { subtitleOf } from '../shared/operation/subtitle';
import { searchJobs, searchProjects, searchSources } from './listSearch';
import { resources } from './resources';

/** The Scripe action node. */
export class Scripe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Scripe',
		name: 'scripe',
		icon: {
			light: 'file:../../icons/scripe.svg',
			dark: 'file:../../icons/scripe.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: 'Turn recordings, documents and texts into sources and LinkedIn posts with Scripe',
		defaults: { name: 'Scripe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'scripeApi', required: true }],
		hints: hintsOf('Scripe', resources),
		properties: propertiesOf(resources),
	};

	methods = { listSearch: { searchJobs, searchProjects, searchSources } };

	async execute(this: IExecuteFunctions) {
		return await runOperation(this, resources);
	}
}
