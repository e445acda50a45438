import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import type { IdempotencyKeyRules } from '../shared/operation/idempotency';
import { booleanOption, optionsOf } from '../shared/core/settings';
import { idempotencyKeyOption } from '../shared/fields/optionFields';
import {
	diarizeField,
	diarizes,
	enteredLanguage,
	languageField,
} from '../shared/fields/speechFields';
import type { JobSettings, RecordingSource } from './api';

const SOURCES: RecordingSource[] = ['api', 'recording', 'upload', 'url'];
const LANGUAGE_CODE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/** What Whipscribe takes for an idempotency key (Whipscribe API docs). */
export const idempotencyKeyRules: IdempotencyKeyRules = {
	longest: 255,
	pattern: /^[A-Za-z0-9_.:/-]+$/,
	described: 'letters, digits and the characters _ . : / - only',
};

/** The language that is spoken, and whether to tell the speakers apart, which Whipscribe does unless told. */
export const speechFields: INodeProperties[] = [
	languageField(
		'The language that is spoken, as an ISO code such as "de". Leave empty to have it detected.',
	),
	{ ...diarizeField, default: true },
];

/** What else a user may choose about a transcription (Whipscribe API docs). */
export const transcribeOptions: INodeProperties[] = [
	{
		displayName: 'Word Timestamps',
		name: 'wordTimestamps',
		type: 'boolean',
		default: true,
		description: 'Whether to give each word its time. Without this option Whipscribe does.',
	},
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		options: [
			{ name: 'API', value: 'api' },
			{ name: 'Recording', value: 'recording' },
			{ name: 'Upload', value: 'upload' },
			{ name: 'URL', value: 'url' },
		],
		default: 'api',
		description: 'Where Whipscribe lists the job as coming from',
	},
	idempotencyKeyOption,
];

/**
 * The item's choices, as Whipscribe takes them.
 *
 * @throws NodeOperationError for what Whipscribe would refuse
 */
export function transcribeSettings(context: IExecuteFunctions, itemIndex: number): JobSettings {
	const language = languageOf(context, itemIndex);
	const diarize = diarizes(context, itemIndex);
	const words = booleanOption(context, itemIndex, 'wordTimestamps', 'Word Timestamps');
	return {
		...(language && { language }),
		...(diarize !== undefined && { diarize }),
		...(words !== undefined && { word_timestamps: words }),
		source: sourceOf(context, itemIndex),
	};
}

/** A language code; undefined for the one that Whipscribe finds out by itself. */
function languageOf(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const language = enteredLanguage(context, itemIndex);
	if (language === '' || language === 'auto') return undefined;
	if (LANGUAGE_CODE.test(language)) return language;
	throw inputError(context.getNode(), `"${language}" is not the code of a language`, {
		description: 'Enter an ISO code such as en, or leave the field empty to have it detected.',
		itemIndex,
	});
}

function sourceOf(context: IExecuteFunctions, itemIndex: number): RecordingSource {
	const value = optionsOf(context, itemIndex).source ?? 'api';
	const source = SOURCES.find((known) => known === value);
	if (source) return source;
	throw inputError(context.getNode(), `Whipscribe has no source "${String(value)}"`, {
		description: `Choose one of ${SOURCES.join(', ')}.`,
		itemIndex,
	});
}
