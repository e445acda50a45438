import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { recordingFileField, simplifyField } from '../../../shared/fields/commonFields';
import { inputTypeField } from '../../../shared/fields/inputTypeField';
import { chosenFormats, filesField } from '../../../shared/operation/jobFiles';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions, waitingOptions } from '../../../shared/fields/optionFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { linkedRecording, urlField } from '../../../shared/fields/recordingUrl';
import { waitSettings } from '../../../shared/wait/wait';
import { UNLESS_IT_GOES_ON, waitField, waits } from '../../../shared/wait/waitField';
import { withFiles } from '../../../shared/wait/withFiles';
import { jobFiles } from '../../exports';
import { startRecording } from '../../recording';
import type { StartedRecording } from '../../recording';
import { speechFields, transcribeOptions, transcribeSettings } from '../../transcribeOptions';
import { transcriptOf } from '../../transcript';
import type { WireTranscript } from '../../transcript';
import { hintAtSilence, POLL_INTERVAL_SECONDS, waitForTranscript } from '../../waiting';

const inputTypePicker = inputTypeField('Where the recording comes from', {
	binaryFile: 'A recording in a binary field of the item; it is streamed to Whipscribe',
	url: 'A link to the recording; no bytes go through n8n',
});

/** Starts a job with a file or a link, and waits for its transcript if asked to. */
export const transcribe: Operation = {
	value: 'transcribe',
	name: 'Transcribe',
	action: 'Transcribe a recording',
	description: 'Turn a recording into a transcript',
	fields: [
		inputTypePicker,
		recordingFileField,
		urlField(
			'Link to the recording. Of YouTube, Whipscribe takes videos under a Creative Commons licence.',
		),
		...speechFields,
		waitField,
		{ ...filesField(jobFiles), displayOptions: UNLESS_IT_GOES_ON },
		simplifyField,
		optionsField([
			...transcribeOptions,
			...requestOptions,
			...waitingOptions(POLL_INTERVAL_SECONDS),
		]),
	],
	startsJob: true,
	sendsFile: true,
	async run(context, itemIndex) {
		const settings = transcribeSettings(context, itemIndex);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
		const isToWait = waits(context, itemIndex);
		const formats = isToWait ? chosenFormats(context, itemIndex, jobFiles) : [];
		const started = await startRecording(context, itemIndex, settings);
		if (!isToWait) return [outputOf(context, itemIndex, started)];
		const { claimToken, fileName } = started;
		const id = String(started.job.job_id);
		const known = { ...waiting, isKnownAddress: true };
		const ended = await waitForTranscript(context, itemIndex, { jobId: id, claimToken }, known);
		const item = outputOf(context, itemIndex, started, ended);
		const recording = fileName ?? linkedRecording(context, itemIndex);
		const job = { id, claimToken, recording };
		const full = await withFiles(context, itemIndex, item, jobFiles, job, formats, known);
		return hintAtSilence(context, itemIndex, [full]);
	},
};

function outputOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ job: startedJob, claimToken, replayed, fileName }: StartedRecording,
	ended?: WireTranscript,
): INodeExecutionData {
	const job = { ...startedJob, ...ended?.job };
	const result = ended?.result;
	if (!context.getNodeParameter('simplify', itemIndex, true)) {
		return { json: { ...job, ...(result && { result }), replayed } };
	}
	const transcript = transcriptOf({ job, result, fileName });
	return transcriptItem(transcript, { claimToken: claimToken ?? null, replayed });
}
