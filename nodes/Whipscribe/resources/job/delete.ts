import type { Operation } from '../../../shared/operation/operation';
import { deleteJob } from '../../api';
import { jobIdField, jobOptionsField, jobReferenceOf } from '../../jobReference';

/** Cancels a job that runs, or removes one that ended. */
export const deleteOperation: Operation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a job',
	description: 'Cancel a job that runs, or remove one that has ended',
	fields: [jobIdField, jobOptionsField],
	async run(context, itemIndex) {
		await deleteJob(context, itemIndex, jobReferenceOf(context, itemIndex));
		return [{ json: { deleted: true } }];
	},
};
