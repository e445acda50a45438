import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../shared/core/errors';
import { anyTextOf } from '../../shared/core/wireValues';
import type { Operation } from '../../shared/operation/operation';
import { numberFrom } from '../numberInput';
import { isEmptyQuery, matchesIn } from '../search';
import type { SearchSettings } from '../search';
import { transcriptField, transcriptFrom } from '../transcriptInput';

const queryField: INodeProperties = {
	displayName: 'Search For',
	name: 'query',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. next meeting',
	description: 'A word or a phrase. Letter case, accents and punctuation do not matter.',
};

const wholeWordsField: INodeProperties = {
	displayName: 'Whole Words Only',
	name: 'wholeWords',
	type: 'boolean',
	default: true,
	description: 'Whether to leave out what stands within a longer word',
};

const contextWordsField: INodeProperties = {
	displayName: 'Words of Context',
	name: 'contextWords',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 10,
	description: 'How many words before and after a match to give with it',
};

/** Finds words in a transcript, an item a match. */
export const search: Operation = {
	value: 'search',
	name: 'Search',
	action: 'Search in a transcript',
	description: 'Find words or phrases: when, by whom, and in what context they were said',
	fields: [transcriptField, queryField, wholeWordsField, contextWordsField],
	async run(context, itemIndex) {
		const settings = settingsFrom(context, itemIndex);
		const matches = matchesIn(transcriptFrom(context, itemIndex), settings);
		return matches.map((match) => ({ json: { ...match } as IDataObject }));
	},
};

function settingsFrom(context: IExecuteFunctions, itemIndex: number): SearchSettings {
	const query = anyTextOf(context.getNodeParameter('query', itemIndex)) ?? '';
	if (isEmptyQuery(query)) {
		throw inputError(context.getNode(), 'There is nothing to search for', {
			description: 'Enter a word or a phrase in Search For: a letter, a digit or a sign at least.',
			itemIndex,
		});
	}
	return {
		query,
		wholeWords: context.getNodeParameter('wholeWords', itemIndex) !== false,
		contextWords: numberFrom(
			context,
			itemIndex,
			'contextWords',
			'Words of Context',
			'whole number',
		),
	};
}
