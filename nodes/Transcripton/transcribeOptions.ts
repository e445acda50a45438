import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { booleanOption, optionsOf } from '../shared/core/settings';
import type { JobSettings } from './api';

const LANGUAGE = /^(auto|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/;

/** What a user may choose about a job (Transcripton API reference). */
export const transcribeOptions: INodeProperties[] = [
	{
		displayName: 'Diarize',
		name: 'diarize',
		type: 'boolean',
		default: false,
		description: 'Whether to tell the speakers apart. Needs a Pro plan or a larger one.',
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		default: '',
		placeholder: 'e.g. de',
		description:
			'The ISO code of the language that is spoken, or "auto". Only for a URL: with a file Transcripton always finds it out by itself.',
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
	const diarize = booleanOption(context, itemIndex, 'diarize', 'Diarize') ?? false;
	return { ...(language && { language }), diarize };
}

function languageOf(
	context: IExecuteFunctions,
	itemIndex: number,
	inputType: string,
): string | undefined {
	const language = String(optionsOf(context, itemIndex).language ?? '').trim();
	if (language === '') return undefined;
	if (!LANGUAGE.test(language)) {
		throw inputError(context.getNode(), `Language is not an ISO code: "${language}"`, {
			description: 'Enter a code such as de, or auto.',
			itemIndex,
		});
	}
	if (inputType !== 'url') {
		throw inputError(context.getNode(), 'Transcripton takes Language with a URL only', {
			description: 'Remove the option: with a file Transcripton finds the language out by itself.',
			itemIndex,
		});
	}
	return language;
}
