import type { IExecuteFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { propertiesOf, runOperation } from '../shared/operation/operation';
import { subtitleOf } from '../shared/operation/subtitle';
import { operations } from './operations';

/** The node for what comes after transcribing, of whatever provider. */
export class Transcript implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Transcript',
		name: 'transcript',
		icon: {
			light: 'file:../../icons/transcript.svg',
			dark: 'file:../../icons/transcript.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: subtitleOf(operations),
		description:
			'Make subtitles and other files of a transcript; name speakers, merge, split, search and compare, without an account',
		defaults: { name: 'Transcript' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		properties: propertiesOf(operations),
	};

	async execute(this: IExecuteFunctions) {
		return await runOperation(this, operations);
	}
}
