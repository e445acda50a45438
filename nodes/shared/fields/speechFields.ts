import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { booleanParameter } from '../core/settings';

/**
 * The language that is spoken, as a code; empty where the provider is to find it out.
 *
 * @param description what the provider takes
 */
export function languageField(description: string): INodeProperties {
	return {
		displayName: 'Language',
		name: 'language',
		type: 'string',
		default: '',
		placeholder: 'e.g. de',
		description,
	};
}

/** The language that the item names; empty where the provider is to find it out. */
export function enteredLanguage(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('language', itemIndex, '') ?? '').trim();
}

/** Whether to tell the speakers apart. */
export const diarizeField: INodeProperties = {
	displayName: 'Identify Speakers',
	name: 'diarize',
	type: 'boolean',
	default: false,
	description: 'Whether to tell the speakers apart, so that each passage names who speaks',
};

/**
 * Whether the item wants the speakers told apart.
 *
 * @returns undefined where an expression gives nothing
 * @throws NodeOperationError where it is neither true nor false
 */
export function diarizes(context: IExecuteFunctions, itemIndex: number): boolean | undefined {
	return booleanParameter(context, itemIndex, 'diarize', diarizeField.displayName);
}
