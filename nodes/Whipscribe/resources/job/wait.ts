import { simplifyField } from '../../../shared/fields/commonFields';
import { chosenFormats, filesField } from '../../../shared/operation/jobFiles';
import type { Operation } from '../../../shared/operation/operation';
import {
	optionsField,
	requestOptions,
	waitingOrOnceOptions,
} from '../../../shared/fields/optionFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { LOOK_ONCE, waitSettings } from '../../../shared/wait/wait';
import { withFiles } from '../../../shared/wait/withFiles';
import { claimTokenOption } from '../../claimToken';
import { jobFiles } from '../../exports';
import { jobIdField, jobReferenceOf } from '../../jobReference';
import { transcriptOf } from '../../transcript';
import { hintAtSilence, POLL_INTERVAL_SECONDS, waitForTranscript } from '../../waiting';

/** Waits until a job has ended, and reads its transcript. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait',
	action: 'Wait for a job',
	description: 'Look at a job again and again until its transcript is there',
	fields: [
		jobIdField,
		filesField(jobFiles),
		simplifyField,
		optionsField([
			claimTokenOption,
			...requestOptions,
			...waitingOrOnceOptions(POLL_INTERVAL_SECONDS),
		]),
	],
	async run(context, itemIndex) {
		const reference = jobReferenceOf(context, itemIndex);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS, LOOK_ONCE);
		const formats = chosenFormats(context, itemIndex, jobFiles);
		const { job, result } = await waitForTranscript(context, itemIndex, reference, waiting);
		const transcript = transcriptOf({ job, result });
		const item = context.getNodeParameter('simplify', itemIndex, true)
			? transcriptItem(transcript)
			: { json: { ...job, result } };
		const { jobId: id, claimToken } = reference;
		const ended = { id, claimToken, recording: transcript.fileName };
		const full = await withFiles(context, itemIndex, item, jobFiles, ended, formats, waiting);
		return hintAtSilence(context, itemIndex, [full]);
	},
};
