import { simplifyField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import { transcriptItem } from '../../../shared/operation/outputItems';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { jobId } from '../../ids';
import { transcriptOf } from '../../transcript';
import { jobWaitSettings, waitForJob, waitOptions } from '../../waiting';

/** Waits until a job has ended. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait',
	action: 'Wait for a job',
	description: 'Look at a job again and again until its transcript is there',
	fields: [idField(jobId), simplifyField, optionsField([...requestOptions, ...waitOptions])],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, jobId);
		const waiting = jobWaitSettings(context, itemIndex);
		const job = await waitForJob(context, itemIndex, id, waiting);
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: job }];
		return [transcriptItem(transcriptOf(job))];
	},
};
