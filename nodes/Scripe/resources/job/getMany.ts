import type { INodeProperties } from 'n8n-workflow';

import { limitField, returnAllField, simplifyField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { wantedCount } from '../../../shared/http/paging';
import { getManyJobs } from '../../api';
import { filtersField, filtersOf, fromFilter, toFilter } from '../../fields';
import { jobTypeOptions } from '../../jobTypes';
import { transcriptOfJob } from '../../transcript';

const statusFilter: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'multiOptions',
	options: [
		{ name: 'Cancelled', value: 'CANCELLED' },
		{ name: 'Done', value: 'DONE' },
		{ name: 'Failed', value: 'FAILED' },
		{ name: 'Queued', value: 'QUEUED' },
		{ name: 'Running', value: 'RUNNING' },
	],
	default: [],
	description: 'Only jobs in one of these states',
};

const typeFilter: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'multiOptions',
	options: jobTypeOptions,
	default: [],
	description: 'Only jobs of these kinds',
};

/** Lists the workspace's jobs. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many jobs',
	description: 'List the jobs of the workspace, the newest first, without what they made',
	fields: [
		returnAllField,
		limitField,
		filtersField([fromFilter, statusFilter, toFilter, typeFilter]),
		simplifyField,
		optionsField(requestOptions),
	],
	async run(context, itemIndex) {
		const wanted = wantedCount(context, itemIndex);
		const filters = filtersOf(context, itemIndex);
		const jobs = await getManyJobs(context, itemIndex, wanted, filters);
		const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
		return jobs.map((job) => ({ json: simplify ? transcriptOfJob(job) : job }));
	},
};
