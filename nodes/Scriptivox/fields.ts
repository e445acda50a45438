import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/errors';

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const WHOLE_UUID = new RegExp(`^${UUID}$`);

/** Which transcription to work on. */
export const transcriptionIdField: INodeProperties = {
	displayName: 'Transcription',
	name: 'transcriptionId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The transcription to work on',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a transcription...',
			typeOptions: { searchListMethod: 'searchTranscriptions', searchable: false },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d',
			validation: [
				{
					type: 'regex',
					properties: { regex: `^${UUID}$`, errorMessage: 'Not a valid transcription ID' },
				},
			],
		},
	],
};

/**
 * The transcription that the item names.
 *
 * @throws NodeOperationError where it is empty or no id
 */
export function transcriptionIdOf(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('transcriptionId', itemIndex, '', { extractValue: true });
	return checkedId(context, itemIndex, 'Transcription', value);
}

/**
 * An id as Scriptivox gives them.
 *
 * @param label what the field is called
 * @throws NodeOperationError where it is empty or no id
 */
export function checkedId(
	context: IExecuteFunctions,
	itemIndex: number,
	label: string,
	value: unknown,
): string {
	const id = typeof value === 'string' ? value.trim() : '';
	if (WHOLE_UUID.test(id)) return id;
	throw inputError(
		context.getNode(),
		id === '' ? `${label} is empty` : `${label} is not a Scriptivox ID`,
		{
			description: 'An ID looks like 3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d.',
			itemIndex,
		},
	);
}
