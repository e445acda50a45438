import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isoTimeOf } from '../../../shared/core/dateTime';
import { limitField, returnAllField, simplifyField } from '../../../shared/fields/commonFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { wantedCount } from '../../../shared/http/paging';
import { getManyTranscriptions } from '../../api';
import { transcriptOf } from '../../transcript';

const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'From',
			name: 'from',
			type: 'dateTime',
			default: '',
			description: 'Only transcriptions that were created at this time or later',
		},
		{
			displayName: 'Order',
			name: 'order',
			type: 'options',
			options: [
				{ name: 'Newest First', value: 'desc' },
				{ name: 'Oldest First', value: 'asc' },
			],
			default: 'desc',
			description: 'Which transcriptions come first',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Completed', value: 'completed' },
				{ name: 'Created', value: 'created' },
				{ name: 'Downloading', value: 'downloading' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Processing', value: 'processing' },
			],
			default: 'completed',
			description: 'Only transcriptions in this state',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'dateTime',
			default: '',
			description: 'Only transcriptions that were created before this time',
		},
	],
};

/** Lists the account's transcriptions. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many transcriptions',
	description: 'List the transcriptions of the account, without their transcripts',
	fields: [returnAllField, limitField, filtersField, simplifyField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const wanted = wantedCount(context, itemIndex);
		const filters = wireFilters(context, itemIndex);
		const entries = await getManyTranscriptions(context, itemIndex, wanted, filters);
		const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
		return entries.map((entry) =>
			simplify ? transcriptItem(transcriptOf(entry)) : { json: entry },
		);
	},
};

function wireFilters(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const { status, order, from, to } = context.getNodeParameter(
		'filters',
		itemIndex,
		{},
	) as IDataObject;
	return {
		...(status ? { status } : {}),
		...(order ? { order } : {}),
		...(from ? { from: isoTimeOf(context, itemIndex, 'From', from) } : {}),
		...(to ? { to: isoTimeOf(context, itemIndex, 'To', to) } : {}),
	};
}
