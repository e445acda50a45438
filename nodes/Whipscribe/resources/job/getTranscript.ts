import { simplifyField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { getResult } from '../../api';
import { jobIdField, jobOptionsField, jobReferenceOf } from '../../jobReference';
import { transcriptOf } from '../../transcript';
import { hintAtSilence } from '../../waiting';

/** Reads a finished job's transcript. */
export const getTranscript: Operation = {
	value: 'getTranscript',
	name: 'Get Transcript',
	action: 'Get a transcript',
	description: 'Read the transcript of a finished job',
	fields: [jobIdField, simplifyField, jobOptionsField],
	async run(context, itemIndex) {
		const reference = jobReferenceOf(context, itemIndex);
		const result = await getResult(context, itemIndex, reference);
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: result }];
		// only a finished job has a transcript
		const job = { job_id: reference.jobId, status: 'done' };
		return hintAtSilence(context, itemIndex, [transcriptItem(transcriptOf({ job, result }))]);
	},
};
