import type { INodeProperties } from 'n8n-workflow';

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
