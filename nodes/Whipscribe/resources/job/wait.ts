import { simplifyField } from '../../../shared/fields/commonFields';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { waitSettings } from '../../../shared/wait/wait';
import { claimTokenOption } from '../../claimToken';
import { jobIdField, jobReferenceOf } from '../../jobReference';
import { transcriptOf } from '../../transcript';
import {
	hintAtSilence,
	POLL_INTERVAL_SECONDS,
	waitForTranscript,
	waitOptions,
} from '../../waiting';

/** Waits until a job has ended, and reads its transcript. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait',
	action: 'Wait for a job',
	description: 'Look at a job again and again until its transcript is there',
	fields: [
		jobIdField,
		simplifyField,
		optionsField([claimTokenOption, ...requestOptions, ...waitOptions]),
	],
	async run(context, itemIndex) {
		const reference = jobReferenceOf(context, itemIndex);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
		const { job, result } = await waitForTranscript(context, itemIndex, reference, waiting);
		if (!context.getNodeParameter('simplify', itemIndex, true)) {
			return [{ json: { ...job, result } }];
		}
		return hintAtSilence(context, itemIndex, [transcriptItem(transcriptOf({ job, result }))]);
	},
};
