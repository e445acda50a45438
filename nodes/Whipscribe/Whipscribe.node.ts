import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { hintsOf, propertiesOf, runOperation } from '../shared/operation/operation';
import { subtitleOf } from '../shared/operation/subtitle';
import { whipscribeApiTest } from './credentialTest';
import { searchJobs } from './listSearch';
import { resources } from './resources';

/** The Whipscribe action node. */
export class Whipscribe implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Whipscribe',
		name: 'whipscribe',
		icon: {
			light: 'file:../../icons/whipscribe.svg',
			dark: 'file:../../icons/whipscribe.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(resources),
		description: 'Turn audio and video recordings into transcripts with Whipscribe',
		defaults: { name: 'Whipscribe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'whipscribeApi', required: true, testedBy: 'whipscribeApiTest' }],
		// whoever has it can read the job; the second is the name in Whipscribe's own reply
		sensitiveOutputFields: ['claimToken', 'claim_token'],
		hints: hintsOf('Whipscribe', resources),
		properties: propertiesOf(resources),
	};

	methods = { credentialTest: { whipscribeApiTest }, listSearch: { searchJobs } };

	async execute(this: IExecuteFunctions) {
		return await runOperation(this, resources);
	}
}
