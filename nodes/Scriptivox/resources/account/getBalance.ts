import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import * as api from '../../api';

/** Reads the account's balance. */
export const getBalance: Operation = {
	value: 'getBalance',
	name: 'Get Balance',
	action: 'Get the balance',
	description: 'Read how much money the account has left, and for how many hours it lasts',
	fields: [optionsField(requestOptions)],
	async run(context, itemIndex) {
		return [{ json: await api.getBalance(context, itemIndex) }];
	},
};
