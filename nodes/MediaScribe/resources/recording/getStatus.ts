import { simplifyField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import * as api from '../../api';
import { statusOf } from '../../status';

/** Reads what the appliance does. */
export const getStatus: Operation = {
	value: 'getStatus',
	name: 'Get Status',
	action: 'Get the status',
	description: 'Read whether the appliance records, how far it is, and whether it has a signal',
	fields: [simplifyField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const status = await api.getStatus(context, itemIndex);
		const simplify = context.getNodeParameter('simplify', itemIndex, true);
		return [{ json: simplify ? { ...statusOf(status) } : status }];
	},
};
