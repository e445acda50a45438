import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../core/errors';
import { byName } from './byName';

/** What a job can be started from; stored in workflows: never rename one. */
export type InputType = 'binaryFile' | 'text' | 'uploadId' | 'url';

const NAMES: Record<InputType, string> = {
	binaryFile: 'Binary File',
	text: 'Text',
	uploadId: 'Upload ID',
	url: 'URL',
};

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
		displayName: 'Input Type',
		name: 'inputType',
		type: 'options',
		options: options.sort(byName),
		default: 'binaryFile',
		description,
	};
}

/**
 * Does what the item's input type asks for.
 *
 * @param ways what to do for each type that the provider takes
 * @throws NodeOperationError for another type, as an expression or a workflow made by hand may give
 */
export async function byInputType<Result>(
	context: IExecuteFunctions,
	itemIndex: number,
	ways: Partial<Record<InputType, () => Promise<Result>>>,
): Promise<Result> {
	const inputType = context.getNodeParameter('inputType', itemIndex) as InputType;
	const way = Object.hasOwn(ways, inputType) ? ways[inputType] : undefined;
	if (way) return await way();
	throw inputError(context.getNode(), `There is no input type "${inputType}"`, {
		description: 'Choose an Input Type from the list.',
		itemIndex,
	});
}
