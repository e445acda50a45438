import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../../shared/core/errors';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { translate } from '../../api';
import { transcriptionFields, transcriptionIdOf } from '../../transcriptions';
import { readyOptions } from '../../waiting';

const LANGUAGE = /^[a-z]{2}$/;

const targetLanguageField: INodeProperties = {
	displayName: 'Target Language',
	name: 'targetLanguage',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. de',
	description: 'The language to translate into, as an ISO 639-1 code of two letters',
};

/** Translates a transcription. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create a translation',
	description: 'Translate a transcript; the same language a second time gives the first result',
	fields: [
		...transcriptionFields,
		targetLanguageField,
		optionsField([...requestOptions, ...readyOptions]),
	],
	async run(context, itemIndex) {
		const targetLanguage = targetLanguageOf(context, itemIndex);
		const id = await transcriptionIdOf(context, itemIndex);
		return [{ json: await translate(context, itemIndex, id, targetLanguage) }];
	},
};

function targetLanguageOf(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('targetLanguage', itemIndex, '');
	const language = String(value).trim().toLowerCase();
	if (LANGUAGE.test(language)) return language;
	throw inputError(
		context.getNode(),
		language === '' ? 'Target Language is empty' : 'Target Language is not an ISO 639-1 code',
		{ description: 'Enter a code of two letters, such as de.', itemIndex },
	);
}
