import { limitField, returnAllField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { wantedCount } from '../../../shared/http/paging';
import * as api from '../../api';

/** Lists the attempts to deliver the account's webhooks. */
export const getDeliveries: Operation = {
	value: 'getDeliveries',
	name: 'Get Deliveries',
	action: 'Get webhook deliveries',
	description: 'List when and with what result Transcripton tried to deliver webhooks',
	fields: [returnAllField, limitField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const wanted = wantedCount(context, itemIndex);
		const deliveries = await api.getDeliveries(context, itemIndex);
		return deliveries.slice(0, wanted).map((json) => ({ json }));
	},
};
