import { simplifyField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { getJob } from '../../api';
import { jobIdField, jobOptionsField, jobReferenceOf } from '../../jobReference';
import { progressOf, transcriptOf } from '../../transcript';
import { hintAtSilence } from '../../waiting';

/** Reads where a job stands. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a job',
	description: 'Read where a job stands; Get Transcript reads what was said',
	fields: [jobIdField, simplifyField, jobOptionsField],
	async run(context, itemIndex) {
		const job = await getJob(context, itemIndex, jobReferenceOf(context, itemIndex));
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: job }];
		const item = transcriptItem(transcriptOf({ job }), { progress: progressOf(job) });
		return hintAtSilence(context, itemIndex, [item]);
	},
};
