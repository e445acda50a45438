import { simplifyField } from '../../../shared/fields/commonFields';
import { idField, idOf } from '../../../shared/fields/idField';
import { transcriptItem } from '../../../shared/operation/outputItems';
import type { Operation } from '../../../shared/operation/operation';
import {
	optionsField,
	pollIntervalSecondsOption,
	requestOptions,
	timeoutMinutesOption,
} from '../../../shared/fields/optionFields';
import { waitSettings } from '../../../shared/wait/wait';
import { transcriptionId } from '../../ids';
import { transcriptOf } from '../../transcript';
import { POLL_INTERVAL_SECONDS, waitForTranscription } from '../../waiting';

/** Waits until a transcription has ended. */
export const wait: Operation = {
	value: 'wait',
	name: 'Wait',
	action: 'Wait for a transcription',
	description: 'Look at a transcription again and again until its transcript is there',
	fields: [
		idField(transcriptionId),
		simplifyField,
		optionsField([...requestOptions, pollIntervalSecondsOption, timeoutMinutesOption]),
	],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, transcriptionId);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
		const transcription = await waitForTranscription(context, itemIndex, id, waiting);
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: transcription }];
		return [transcriptItem(transcriptOf(transcription))];
	},
};
