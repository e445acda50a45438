import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../core/errors';
import { textOf } from '../core/wireValues';

/** How a provider's ids of one kind are called and written. */
export interface WrittenId {
	/** What a user calls the thing: `Transcription`. */
	label: string;
	/** The provider's name. */
	provider: string;
	/** What an id looks like, as a regular expression for all of it. */
	pattern: string;
	example: string;
}

/**
 * An id, checked.
 *
 * @throws NodeOperationError where it is empty or no id of this kind
 */
export function checkedId(
	context: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
	{ label, provider, pattern, example }: WrittenId,
): string {
	const id = textOf(value)?.trim() ?? '';
	if (new RegExp(`^${pattern}$`).test(id)) return id;
	throw inputError(
		context.getNode(),
		id === '' ? `${label} is empty` : `${label} is not a ${provider} ID`,
		{ description: `An ID looks like ${example}.`, itemIndex },
	);
}
