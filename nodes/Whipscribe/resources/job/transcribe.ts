import { inputBinaryField, simplifyField } from '../../../shared/fields/commonFields';
import { inputTypeField } from '../../../shared/fields/inputTypeField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { urlField } from '../../../shared/fields/recordingUrl';
import { waitSettings } from '../../../shared/wait/wait';
import { waitField, waits } from '../../../shared/wait/waitField';
import { startRecording } from '../../recording';
import { transcribeOptions, transcribeSettings } from '../../transcribeOptions';
import { transcriptOf } from '../../transcript';
import {
	hintAtSilence,
	POLL_INTERVAL_SECONDS,
	waitForTranscript,
	waitOptions,
} from '../../waiting';

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
		{ ...inputBinaryField, displayOptions: { show: { inputType: ['binaryFile'] } } },
		urlField(
			'Link to the recording. Of YouTube, Whipscribe takes videos under a Creative Commons licence.',
		),
		waitField,
		simplifyField,
		optionsField([...transcribeOptions, ...requestOptions, ...waitOptions]),
	],
	startsJob: true,
	sendsFile: true,
	async run(context, itemIndex) {
		const settings = transcribeSettings(context, itemIndex);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
		const started = await startRecording(context, itemIndex, settings);
		const { claimToken, replayed, fileName } = started;
		const reference = { jobId: String(started.job.job_id), claimToken };
		const ended = waits(context, itemIndex)
			? await waitForTranscript(context, itemIndex, reference, { ...waiting, isKnownAddress: true })
			: undefined;
		const job = { ...started.job, ...ended?.job };
		const result = ended?.result;
		if (!context.getNodeParameter('simplify', itemIndex, true)) {
			return [{ json: { ...job, ...(result && { result }), replayed } }];
		}
		const transcript = transcriptOf({ job, result, fileName });
		const item = transcriptItem(transcript, { claimToken: claimToken ?? null, replayed });
		return hintAtSilence(context, itemIndex, [item]);
	},
};
