import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { cancelJob } from '../../api';
import { idempotencyKeyOption, keyOf } from '../../fields';
import { jobId } from '../../ids';

/** Cancels a job that has not begun. */
export const cancel: Operation = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel a job',
	description: 'Stop a job that waits for its turn; one that runs cannot be stopped',
	fields: [idField(jobId), optionsField([idempotencyKeyOption, ...requestOptions])],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, jobId);
		const idempotencyKey = keyOf(context, itemIndex);
		return [{ json: await cancelJob(context, itemIndex, id, idempotencyKey) }];
	},
};
