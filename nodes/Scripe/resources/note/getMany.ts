import type { INodeProperties } from 'n8n-workflow';

import { limitField, returnAllField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { wantedCount } from '../../../shared/http/paging';
import { filtersField, filtersOf, fromFilter, toFilter } from '../../fields';
import { projectId } from '../../ids';
import { getManyNotes } from '../../postsApi';

const folderFilter: INodeProperties = {
	displayName: 'Folder ID',
	name: 'folderId',
	type: 'string',
	default: '',
	placeholder: 'e.g. the folderId of a note',
	description: 'Only notes in this folder',
};

/** Lists a project's notes. */
export const getMany: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many notes',
	description: 'List the notes of a project',
	fields: [
		{ ...idField(projectId), description: 'The project that the notes belong to' },
		returnAllField,
		limitField,
		filtersField([
			folderFilter,
			{ ...fromFilter, description: 'Only notes whose place in the queue is on this day or later' },
			{ ...toFilter, description: 'Only notes whose place in the queue is on this day or earlier' },
		]),
		optionsField(requestOptions),
	],
	async run(context, itemIndex) {
		const project = idOf(context, itemIndex, projectId);
		const wanted = wantedCount(context, itemIndex);
		const query = { ...filtersOf(context, itemIndex), projectId: project };
		const notes = await getManyNotes(context, itemIndex, wanted, query);
		return notes.map((json) => ({ json }));
	},
};
