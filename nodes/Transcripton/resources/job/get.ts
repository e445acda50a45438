import { simplifyField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import { transcriptItem } from '../../../shared/operation/outputItems';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { getJob } from '../../api';
import { jobId } from '../../ids';
import { transcriptOf } from '../../transcript';

/** Reads a job as it is now. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a job',
	description: 'Read where a job stands, with its transcript once it is done',
	fields: [idField(jobId), simplifyField, optionsField(requestOptions)],
	async run(context, itemIndex) {
		const job = await getJob(context, itemIndex, idOf(context, itemIndex, jobId));
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: job }];
		return [transcriptItem(transcriptOf(job))];
	},
};
