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
import { transcriptionFiles } from '../../exports';
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
		filesField(transcriptionFiles),
		simplifyField,
		optionsField([...requestOptions, ...waitingOrOnceOptions(POLL_INTERVAL_SECONDS)]),
	],
	async run(context, itemIndex) {
		const id = idOf(context, itemIndex, transcriptionId);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS, LOOK_ONCE);
		const formats = chosenFormats(context, itemIndex, transcriptionFiles);
		const transcription = await waitForTranscription(context, itemIndex, id, waiting);
		const item = context.getNodeParameter('simplify', itemIndex, true)
			? transcriptItem(transcriptOf(transcription))
			: { json: transcription };
		const job = { id, recording: null };
		return [await withFiles(context, itemIndex, item, transcriptionFiles, job, formats, waiting)];
	},
};
