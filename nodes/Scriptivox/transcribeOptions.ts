import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isHttpUrl } from '../shared/core/credentialText';
import { inputError } from '../shared/core/errors';
import { booleanOption, numberOption, optionsOf } from '../shared/core/settings';
import { idempotencyKeyOption } from '../shared/fields/optionFields';
import { diarizes, enteredLanguage } from '../shared/fields/speechFields';
import type { TranscribeBody } from './api';
import { isLanguage, languageOptions } from './languages';

/** The choice to have the language found out. */
const DETECTED = 'auto';

/** The language that is spoken. */
export const languageField: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	options: [{ name: 'Detect Automatically', value: DETECTED }, ...languageOptions],
	default: DETECTED,
	description: 'The language that is spoken. With a wrong one you may get a translation.',
};

/** What a user may choose about a transcription (Scriptivox API reference). */
export const transcribeOptions: INodeProperties[] = [
	{
		displayName: 'Word Timestamps',
		name: 'align',
		type: 'boolean',
		default: false,
		description: 'Whether to give each word its time. Identify Speakers turns it on.',
	},
	{
		displayName: 'Speaker Count',
		name: 'speakerCount',
		type: 'number',
		displayOptions: { show: { '/diarize': [true] } },
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: 2,
		description: 'How many people speak, from 1 to 50',
	},
	{
		displayName: 'Webhook URL',
		name: 'webhookUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/…',
		description:
			"Where Scriptivox reports the end of the job: the production URL of a Scriptivox Trigger. Leave empty for the one in the account's settings.",
	},
	idempotencyKeyOption,
];

/**
 * The item's choices as `POST /transcribe` takes them.
 *
 * @throws NodeOperationError for what Scriptivox would refuse
 */
export function transcribeSettings(
	context: IExecuteFunctions,
	itemIndex: number,
): Omit<TranscribeBody, 'upload_id' | 'url'> {
	const options = optionsOf(context, itemIndex);
	const diarize = diarizes(context, itemIndex) ?? false;
	const align = booleanOption(context, itemIndex, 'align', 'Word Timestamps') ?? false;
	const language = languageOf(context, itemIndex);
	const speaker_count = speakerCountOf(context, itemIndex, diarize);
	const webhook_url = webhookUrlOf(context, itemIndex, options.webhookUrl);
	return {
		...(language && { language }),
		diarize,
		...(speaker_count !== undefined && { speaker_count }),
		// the vendor's pages disagree about the default, so it is always said
		align,
		...(webhook_url && { webhook_url }),
	};
}

/**
 * The same, with the execution's own address for Scriptivox to call back.
 *
 * @throws NodeOperationError for what Scriptivox would refuse, and where another address is set
 */
export function calledBackSettings(
	context: IExecuteFunctions,
	callbackUrl: string,
): Omit<TranscribeBody, 'upload_id' | 'url'> {
	const { webhook_url, ...settings } = transcribeSettings(context, 0);
	if (!webhook_url) return { ...settings, webhook_url: callbackUrl };
	throw inputError(context.getNode(), 'Webhook URL does not go with waiting for a callback', {
		description:
			'Scriptivox calls one address for each job, and here it is the one of the waiting execution. Remove the option Webhook URL, or choose another way to wait.',
		itemIndex: 0,
	});
}

function languageOf(context: IExecuteFunctions, itemIndex: number) {
	const language = enteredLanguage(context, itemIndex);
	if (language === '' || language === DETECTED) return undefined;
	if (isLanguage(language)) return language;
	throw inputError(context.getNode(), `Scriptivox does not know the language "${language}"`, {
		description: 'Choose one from the list, or Detect Automatically.',
		itemIndex,
	});
}

function speakerCountOf(context: IExecuteFunctions, itemIndex: number, diarize: boolean) {
	const range = { least: 1, most: 50, whole: true };
	const count = numberOption(context, itemIndex, 'speakerCount', 'Speaker Count', range);
	if (count !== undefined && !diarize) {
		throw inputError(context.getNode(), 'Speaker Count needs Identify Speakers', {
			description: 'Turn on Identify Speakers, or remove Speaker Count.',
			itemIndex,
		});
	}
	return count;
}

function webhookUrlOf(context: IExecuteFunctions, itemIndex: number, value: unknown) {
	const url = typeof value === 'string' ? value.trim() : '';
	if (url === '' || isHttpUrl(url)) return url;
	throw inputError(context.getNode(), 'Webhook URL must begin with http:// or https://', {
		description:
			'Enter the whole address, as the panel of Scriptivox Trigger shows it under Production URL.',
		itemIndex,
	});
}
