import type { IDataObject } from 'n8n-workflow';

import { limitField, returnAllField, simplifyField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { wantedCount } from '../../../shared/http/paging';
import { objectsOf } from '../../../shared/core/wireValues';
import { getStatus } from '../../api';
import { presetsOf } from '../../status';

/** Lists the appliance's presets. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many presets',
	description: 'List the presets of the appliance, and which of them is active',
	fields: [returnAllField, limitField, simplifyField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const wanted = wantedCount(context, itemIndex);
		const status = await getStatus(context, itemIndex);
		const simplify = context.getNodeParameter('simplify', itemIndex, true);
		const presets = simplify ? presetsOf(status) : objectsOf(status.presets);
		return presets.slice(0, wanted).map((preset) => ({ json: { ...preset } as IDataObject }));
	},
};
