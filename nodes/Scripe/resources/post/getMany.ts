import type { INodeProperties } from 'n8n-workflow';

import { limitField, returnAllField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { wantedCount } from '../../../shared/http/paging';
import { filtersField, filtersOf, fromFilter, toFilter } from '../../fields';
import { projectId } from '../../ids';
import { getManyPosts } from '../../postsApi';

const statusFilter: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'multiOptions',
	options: [
		{ name: 'Approved', value: 'approved' },
		{ name: 'Draft', value: 'draft' },
		{ name: 'Published', value: 'published' },
		{ name: 'Rejected', value: 'rejected' },
		{ name: 'Scheduled', value: 'scheduled' },
		{ name: 'Suggested', value: 'suggested' },
		{ name: 'Waiting for Approval', value: 'waitingApproval' },
		{ name: 'Waiting for Processing', value: 'waitingProcessing' },
	],
	default: [],
	description: 'Only posts in one of these states',
};

/** Lists a project's posts. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many posts',
	description: 'List the posts of a project',
	fields: [
		{ ...idField(projectId), description: 'The project that the posts belong to' },
		returnAllField,
		limitField,
		filtersField([
			{ ...fromFilter, description: 'Only posts that were made on this day or later' },
			statusFilter,
			{ ...toFilter, description: 'Only posts that were made on this day or earlier' },
		]),
		optionsField(requestOptions),
	],
	async run(context, itemIndex) {
		const project = idOf(context, itemIndex, projectId);
		const wanted = wantedCount(context, itemIndex);
		const query = { ...filtersOf(context, itemIndex), projectId: project };
		const posts = await getManyPosts(context, itemIndex, wanted, query);
		return posts.map((json) => ({ json }));
	},
};
