import { simplifyField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { chosenFormats, filesField } from '../../../shared/operation/jobFiles';
import type { Operation } from '../../../shared/operation/operation';
import {
	optionsField,
	requestOptions,
	waitingOrOnceOptions,
} from '../../../shared/fields/optionFields';
import { LOOK_ONCE, waitSettings } from '../../../shared/wait/wait';
import { withFiles } from '../../../shared/wait/withFiles';
import { jobFiles } from '../../exports';
import { jobId } from '../../ids';
import { transcriptOf } from '../../transcript';
import { POLL_INTERVAL_SECONDS, waitForJob } from '../../waiting';

/** Waits until a job has ended. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait',
	action: 'Wait for a job',
	description: 'Look at a job again and again until its transcript is there',
	fields: [
		idField(jobId),
		filesField(jobFiles),
		simplifyField,
		optionsField([...requestOptions, ...waitingOrOnceOptions(POLL_INTERVAL_SECONDS)]),
	],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, jobId);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS, LOOK_ONCE);
		const formats = chosenFormats(context, itemIndex, jobFiles);
		const job = await waitForJob(context, itemIndex, id, waiting);
		const item = context.getNodeParameter('simplify', itemIndex, true)
			? transcriptItem(transcriptOf(job))
			: { json: job };
		const ended = { id, recording: null };
		return [await withFiles(context, itemIndex, item, jobFiles, ended, formats, waiting)];
	},
};
