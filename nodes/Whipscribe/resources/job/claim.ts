import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { credentialOf } from '../../../shared/core/credential';
import { inputError } from '../../../shared/core/errors';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { textOf } from '../../../shared/core/wireValues';
import { claimJobs } from '../../api';
import { checkedClaimToken } from '../../claimToken';
import { whipscribe } from '../../provider';

const claimTokensField: INodeProperties = {
	displayName: 'Claim Tokens',
	name: 'claimTokens',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	required: true,
	placeholder: 'e.g. {{ $json.claimToken }}',
	description:
		'The claim tokens that Transcribe gave, separated by commas or lines. An expression may give a list.',
};

/** Hands jobs that were started without a user over to the user of the credential. */
export const claim: Operation = {
	value: 'claim',
	name: 'Claim',
	action: 'Claim jobs',
	description: 'Take over jobs that were started without a user, by their claim tokens',
	fields: [claimTokensField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const tokens = claimTokensOf(context, itemIndex);
		await checkUser(context, itemIndex);
		return [{ json: await claimJobs(context, itemIndex, tokens) }];
	},
};

function claimTokensOf(context: IExecuteFunctions, itemIndex: number): string[] {
	const value: unknown = context.getNodeParameter('claimTokens', itemIndex, '');
	const tokens = Array.isArray(value)
		? value
		: String(value)
				.split(/[\s,]+/)
				.filter(Boolean);
	if (tokens.length === 0) {
		throw inputError(context.getNode(), 'Claim Tokens is empty', {
			description:
				'Enter the tokens of the guest jobs: the field claimToken of the output of Transcribe.',
			itemIndex,
		});
	}
	return tokens.map((token) => checkedClaimToken(context, itemIndex, token));
}

async function checkUser(context: IExecuteFunctions, itemIndex: number): Promise<void> {
	const { idToken } = await credentialOf(context, whipscribe, itemIndex);
	if (textOf(idToken)) return;
	throw inputError(context.getNode(), 'Jobs can be claimed only for a signed-in user', {
		description: 'Enter the ID Token of the user who shall have the jobs in the credential.',
		itemIndex,
	});
}
