import type { IExecuteFunctions, INodeProperties, NodeOperationError } from 'n8n-workflow';

import { inputError } from '../core/errors';

/** What a job can be started from; stored in workflows: never rename one. */
export type InputType = 'binaryFile' | 'text' | 'uploadId' | 'url';

const NAMES: Record<InputType, string> = {
	binaryFile: 'Binary File',
	text: 'Text',
	uploadId: 'Upload ID',
	url: 'URL',
};

const PICKER = { type: 'options' } as const;

/**
 * Where the input of a job comes from.
 *
 * @param description what the field is about
 * @param choices what the provider takes, each with its description
 */
export function inputTypeField(
	description: string,
	choices: Partial<Record<InputType, string>>,
): INodeProperties {
	const options = Object.entries(choices).map(([value, about]) => ({
		name: NAMES[value as InputType],
		value,
		description: about,
	}));
	return {
		...PICKER,
		displayName: 'Input Type',
		name: 'inputType',
		options: options.sort((a, b) => a.name.localeCompare(b.name)),
		default: 'binaryFile',
		description,
	};
}

/** Says that an expression, or a workflow made by hand, gives an input type that there is not. */
export function unknownInputType(
	context: IExecuteFunctions,
	itemIndex: number,
	inputType: string,
): NodeOperationError {
	return inputError(context.getNode(), `There is no input type "${inputType}"`, {
		description: 'Choose an Input Type from the list.',
		itemIndex,
	});
}
