import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { getProject } from '../../api';
import { projectId } from '../../ids';

/** Reads a project. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a project',
	description: 'Read a project of the workspace',
	fields: [idField(projectId), optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, projectId);
		return [{ json: await getProject(context, itemIndex, id) }];
	},
};
