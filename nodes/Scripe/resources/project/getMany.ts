import { limitField, returnAllField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { wantedCount } from '../../../shared/http/paging';
import { getManyProjects } from '../../api';

/** Lists the workspace's projects. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many projects',
	description: 'List the projects of the workspace',
	fields: [returnAllField, limitField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const wanted = wantedCount(context, itemIndex);
		const projects = await getManyProjects(context, itemIndex, wanted);
		return projects.map((json) => ({ json }));
	},
};
