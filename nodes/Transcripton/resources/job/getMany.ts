import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { inputError } from '../../../shared/core/errors';
import { limitField, returnAllField, simplifyField } from '../../../shared/fields/commonFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { wantedCount } from '../../../shared/http/paging';
import { getManyJobs, STATUSES } from '../../api';
import { transcriptOf } from '../../transcript';

const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: STATUSES.map((status) => ({
				name: status.charAt(0).toUpperCase() + status.slice(1),
				value: status,
			})),
			default: 'done',
			description: 'Only jobs in this state',
		},
	],
};

/** Lists the account's jobs. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many jobs',
	description: 'List the jobs of the account, the newest first, without their transcripts',
	fields: [returnAllField, limitField, filtersField, simplifyField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const wanted = wantedCount(context, itemIndex);
		const filters = wireFilters(context, itemIndex);
		const jobs = await getManyJobs(context, itemIndex, wanted, filters);
		const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
		return jobs.map((job) => (simplify ? transcriptItem(transcriptOf(job)) : { json: job }));
	},
};

function wireFilters(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const { status } = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	if (status === undefined || status === '') return {};
	if (STATUSES.some((known) => known === status)) return { status };
	throw inputError(context.getNode(), `Transcripton has no status "${String(status)}"`, {
		description: `Choose one of ${STATUSES.join(', ')}.`,
		itemIndex,
	});
}
