import { simplifyField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import {
	optionsField,
	requestOptions,
	waitingOrOnceOptions,
} from '../../../shared/fields/optionFields';
import { LOOK_ONCE, waitSettings } from '../../../shared/wait/wait';
import { jobId } from '../../ids';
import { resultOfJob, transcriptOf } from '../../results';
import { POLL_INTERVAL_SECONDS, readOfJob, waitForJob } from '../../waiting';

/** Waits until a job has ended. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait',
	action: 'Wait for a job',
	description:
		'Look at a job again and again until it is done; simplified, with its source or post',
	fields: [
		idField(jobId),
		simplifyField,
		optionsField([...requestOptions, ...waitingOrOnceOptions(POLL_INTERVAL_SECONDS)]),
	],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, jobId);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS, LOOK_ONCE);
		const job = await waitForJob(context, itemIndex, id, waiting);
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: job }];
		const readResult = async () => await resultOfJob(context, itemIndex, job);
		const result = await readOfJob(context, itemIndex, job, waiting, readResult);
		return [{ json: transcriptOf(job, result) }];
	},
};
