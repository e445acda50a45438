import { simplifyField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { getJob } from '../../api';
import { jobId } from '../../ids';
import { resultOfJob, transcriptOf } from '../../results';

/** Reads a job as it is now. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a job',
	description: 'Read where a job stands; simplified, with the source or the post that it made',
	fields: [idField(jobId), simplifyField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, jobId);
		const job = await getJob(context, itemIndex, id);
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: job }];
		return [{ json: transcriptOf(job, await resultOfJob(context, itemIndex, job)) }];
	},
};
