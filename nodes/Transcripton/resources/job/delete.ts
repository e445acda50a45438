import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { deleteJob } from '../../api';
import { jobId } from '../../ids';

/** Deletes a job, whether or not it has ended. */
export const deleteOperation: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a job',
	description:
		'Remove a job with its file and transcript; one that is under way is stopped. Its minutes are refunded.',
	fields: [idField(jobId), optionsField(requestOptions)],
	async run(context, itemIndex) {
		await deleteJob(context, itemIndex, idOf(context, itemIndex, jobId));
		return [{ json: { deleted: true } }];
	},
};
