import { simplifyField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { getSource } from '../../api';
import { sourceId } from '../../ids';
import { transcriptOfSource } from '../../transcript';

/** Reads a source. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a source',
	description: 'Read a source, with the first 2,000 characters of its text and its topics',
	fields: [
		{
			...idField(sourceId),
			description:
				'The source to work on. The list holds those that were made from files: Scripe lists no others.',
		},
		simplifyField,
		optionsField(requestOptions),
	],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, sourceId);
		const source = await getSource(context, itemIndex, id);
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: source }];
		return [{ json: transcriptOfSource(source) }];
	},
};
