import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { polishJob } from '../../api';
import { jobId } from '../../ids';
import { readyOptions, waitIfAsked } from '../../waiting';

/** Divides a finished job's text into paragraphs. */
export const polish: Operation = {
	value: 'polish',
	name: 'Polish',
	action: 'Polish a transcript',
	description:
		'Have the text of a finished job corrected and divided into paragraphs; a second time gives the first result',
	fields: [idField(jobId), optionsField([...requestOptions, ...readyOptions])],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, jobId);
		await waitIfAsked(context, itemIndex, id);
		return [{ json: { jobId: id, ...(await polishJob(context, itemIndex, id)) } }];
	},
};
