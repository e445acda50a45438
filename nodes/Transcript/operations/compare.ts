import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../shared/core/errors';
import { safeText } from '../../shared/core/safeText';
import { anyTextOf } from '../../shared/core/wireValues';
import type { Operation } from '../../shared/operation/operation';
import { beginningOf, isTool } from '../../shared/operation/toolOutput';
import type { Transcript } from '../../shared/transcript/transcript';
import { comparisonOf } from '../comparison';
import type { Comparison } from '../comparison';
import { transcriptField, transcriptFrom } from '../transcriptInput';

const referenceField: INodeProperties = {
	displayName: 'Compare With',
	name: 'reference',
	type: 'string',
	default: '',
	placeholder: 'e.g. scriptivox',
	description:
		'The transcript that counts as right: the provider or file name that it has, or the number of its item, from 0. Without one, the first item.',
};

/** Compares transcripts of one recording with one of them, an item for each other one. */
export const compare: Operation = {
	value: 'compare',
	name: 'Compare',
	action: 'Compare transcripts',
	description: 'Count by how many words transcripts of one recording differ, and show where',
	fields: [transcriptField, referenceField],
	async runAll(context) {
		const transcripts = context.getInputData().map((_, index) => transcriptFrom(context, index));
		if (transcripts.length < 2) {
			throw inputError(context.getNode(), 'There is only one transcript to compare', {
				description:
					'Bring the transcripts of one recording together with a Merge node in its mode Append: each has to be an item of its own.',
			});
		}
		const reference = referenceIn(context, transcripts);
		return transcripts.flatMap((transcript, item) => {
			if (item === reference) return [];
			const comparison = comparisonOf(transcripts[reference]!, transcript);
			const said = isTool(context) ? withFirstDifferences(comparison) : comparison;
			const json = { provider: transcript.provider, ...said } as unknown as IDataObject;
			return [{ json, pairedItem: { item } }];
		});
	},
};

/** A comparison as a model can read it: of many differences the first, and then `cut` says so. */
function withFirstDifferences(comparison: Comparison): Comparison & { cut?: string[] } {
	const differences = beginningOf(comparison.differences);
	const isWhole = differences.length === comparison.differences.length;
	return { ...comparison, differences, ...(isWhole ? {} : { cut: ['differences'] }) };
}

/** Which of the transcripts is the reference. */
function referenceIn(context: IExecuteFunctions, transcripts: Transcript[]): number {
	const given = (anyTextOf(context.getNodeParameter('reference', 0)) ?? '').trim();
	if (given === '') return 0;
	const isNamed = (name: string | null) => name?.toLowerCase() === given.toLowerCase();
	const named = transcripts.flatMap(({ provider, fileName }, index) =>
		isNamed(provider) || isNamed(fileName) ? [index] : [],
	);
	if (named.length === 1) return named[0]!;
	const shown = safeText(given);
	if (named.length > 1) {
		throw inputError(context.getNode(), `Several transcripts are of "${shown}"`, {
			description: `Enter in Compare With the number of the item instead: ${named.join(' or ')}.`,
		});
	}
	const number = /^\d+$/.test(given) ? Number(given) : -1;
	if (number in transcripts) return number;
	const providers = [
		...new Set(transcripts.map(({ provider }) => safeText(provider ?? 'none'))),
	].join(', ');
	throw inputError(context.getNode(), `There is no transcript of "${shown}" among the items`, {
		description: `Enter in Compare With a provider that is there (${providers}), the name of a file, or the number of an item from 0 to ${transcripts.length - 1}.`,
	});
}
