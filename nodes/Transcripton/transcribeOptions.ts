import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import {
	diarizeField,
	diarizes,
	enteredLanguage,
	languageField,
} from '../shared/fields/speechFields';
import type { JobSettings } from './api';

const LANGUAGE = /^(auto|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/;

/** What a user may choose about a job; an upload has no field for the language (Transcripton API reference). */
export const speechFields: INodeProperties[] = [
	{
		...languageField(
			'The language that is spoken, as an ISO code such as "de". Leave empty to have it detected.',
		),
		displayOptions: { show: { inputType: ['url'] } },
	},
	{
		...diarizeField,
		description: `${diarizeField.description}. Needs a Pro plan or a larger one.`,
	},
];

/**
 * The item's choices for its job.
 *
 * @throws NodeOperationError for a language that is no code, or that comes with a file
 */
export function transcribeSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	inputType: string,
): JobSettings {
	const language = languageOf(context, itemIndex, inputType);
	const diarize = diarizes(context, itemIndex) ?? false;
	return { ...(language && { language }), diarize };
}

function languageOf(
	context: IExecuteFunctions,
	itemIndex: number,
	inputType: string,
): string | undefined {
	const language = enteredLanguage(context, itemIndex);
	if (language === '') return undefined;
	if (!LANGUAGE.test(language)) {
		throw inputError(context.getNode(), `Language is not an ISO code: "${language}"`, {
			description: 'Enter a code such as de, or auto.',
			itemIndex,
		});
	}
	if (inputType !== 'url') {
		throw inputError(context.getNode(), 'Transcripton takes Language with a URL only', {
			description: 'Leave Language empty: with a file Transcripton detects it by itself.',
			itemIndex,
		});
	}
	return language;
}
