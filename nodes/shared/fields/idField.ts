import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { checkedId } from './checkedId';
import type { WrittenId } from './checkedId';

/** How a provider's ids of one kind are named, written and picked. */
export interface IdKind extends WrittenId {
	/** The parameter, stored in workflows: never rename it. */
	name: string;
	/** The node's list-search method that offers the things to choose from. */
	searchListMethod: string;
	/** Whether that method takes what the user types. */
	searchable?: boolean;
}

/** A resource locator for things of a kind: from a list, or by ID. */
export function idField(kind: IdKind): INodeProperties {
	const thing = kind.label.toLowerCase();
	return {
		displayName: kind.label,
		name: kind.name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: `The ${thing} to work on`,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${thing}...`,
				typeOptions: {
					searchListMethod: kind.searchListMethod,
					searchable: kind.searchable ?? false,
				},
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${kind.example}`,
				validation: [
					{
						type: 'regex',
						properties: {
							regex: `^${kind.pattern}$`,
							errorMessage: `Not a valid ${thing} ID`,
						},
					},
				],
			},
		],
	};
}

/**
 * The id that the item names in a resource locator.
 *
 * @throws NodeOperationError where it is empty or no id of this kind
 */
export function idOf(context: IExecuteFunctions, itemIndex: number, kind: IdKind): string {
	const value = context.getNodeParameter(kind.name, itemIndex, '', { extractValue: true });
	return checkedId(context, itemIndex, value, kind);
}

/** What a UUID looks like. */
export const UUID_PATTERN =
	'[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
