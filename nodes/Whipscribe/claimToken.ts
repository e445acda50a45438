import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../shared/core/errors';
import { optionsOf } from '../shared/core/settings';

const HEADER_SAFE = /^[\x21-\x7e]+$/;

/** The proof that a job is ours. */
export const claimTokenOption: INodeProperties = {
	displayName: 'Claim Token',
	name: 'claimToken',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	placeholder: 'e.g. {{ $json.claimToken }}',
	description:
		'The claim token that Transcribe gave, for a job that was started without a user and is not claimed yet',
};

/**
 * The item's claim token; undefined where none is set.
 *
 * @throws NodeOperationError where it cannot be one
 */
export function claimTokenOf(context: IExecuteFunctions, itemIndex: number): string | undefined {
	const { claimToken } = optionsOf(context, itemIndex);
	if (claimToken === undefined || claimToken === null || claimToken === '') return undefined;
	return checkedClaimToken(context, itemIndex, claimToken);
}

/**
 * A claim token, checked.
 *
 * @throws NodeOperationError where it cannot be one
 */
export function checkedClaimToken(
	context: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
): string {
	const token = typeof value === 'string' ? value.trim() : '';
	if (HEADER_SAFE.test(token)) return token;
	throw inputError(context.getNode(), 'Claim Token must be a text without spaces', {
		description: 'Take it from the field claimToken of the output of Transcribe.',
		itemIndex,
	});
}
