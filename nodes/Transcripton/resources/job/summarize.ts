import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { summarizeJob } from '../../api';
import { jobId } from '../../ids';
import { readyOptions, waitIfAsked } from '../../waiting';

/** Summarizes a finished job. */
export const summarize: Operation = {
	value: 'summarize',
	name: 'Summarize',
	action: 'Summarize a transcript',
	description:
		'Get a summary, the key points and the action items of a finished job; a second time gives the first result',
	fields: [idField(jobId), optionsField([...requestOptions, ...readyOptions])],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, jobId);
		await waitIfAsked(context, itemIndex, id);
		return [{ json: { jobId: id, ...(await summarizeJob(context, itemIndex, id)) } }];
	},
};
