import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { getWorkspace } from '../../api';

/** Reads the key's workspace. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get the workspace',
	description: 'Read the workspace and plan that the key belongs to, and the scopes that it has',
	fields: [optionsField(requestOptions)],
	async run(context, itemIndex) {
		return [{ json: await getWorkspace(context, itemIndex) }];
	},
};
