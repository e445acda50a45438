import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { getAccount } from '../../api';

/** Reads the account that the credential stands for. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get the account',
	description: 'Read the plan of the account, and how long it keeps recordings',
	fields: [optionsField(requestOptions)],
	async run(context, itemIndex) {
		return [{ json: await getAccount(context, itemIndex) }];
	},
};
