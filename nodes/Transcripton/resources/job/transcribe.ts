import { recordingFileField, simplifyField } from '../../../shared/fields/commonFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { inputTypeField } from '../../../shared/fields/inputTypeField';
import { chosenFormats, filesField } from '../../../shared/operation/jobFiles';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions, waitingOptions } from '../../../shared/fields/optionFields';
import { linkedRecording, urlField } from '../../../shared/fields/recordingUrl';
import { waitSettings } from '../../../shared/wait/wait';
import { UNLESS_IT_GOES_ON, waitField, waits } from '../../../shared/wait/waitField';
import { withFiles } from '../../../shared/wait/withFiles';
import type { WireJob } from '../../api';
import { jobFiles } from '../../exports';
import { startRecording } from '../../recording';
import { speechFields, transcribeSettings } from '../../transcribeOptions';
import { transcriptOf } from '../../transcript';
import { POLL_INTERVAL_SECONDS, waitForJob } from '../../waiting';

const inputTypePicker = inputTypeField('Where the recording comes from', {
	binaryFile: 'A recording in a binary field of the item; it is streamed to Transcripton',
	url: 'A link to a recording or to its page; no bytes go through n8n',
});

/** Starts a job from a file or a link, and waits for it if asked to. */
export const transcribe: Operation = {
	value: 'transcribe',
	name: 'Transcribe',
	action: 'Transcribe a recording',
	description: 'Turn a recording into a transcript',
	fields: [
		inputTypePicker,
		recordingFileField,
		urlField(
			'Link to the recording, or to its page at YouTube, Vimeo, SoundCloud, a podcast feed or another site that Transcripton knows',
		),
		...speechFields,
		waitField,
		{ ...filesField(jobFiles), displayOptions: UNLESS_IT_GOES_ON },
		simplifyField,
		optionsField([...requestOptions, ...waitingOptions(POLL_INTERVAL_SECONDS)]),
	],
	startsJob: true,
	sendsFile: true,
	async run(context, itemIndex) {
		const inputType = context.getNodeParameter('inputType', itemIndex) as string;
		const settings = transcribeSettings(context, itemIndex, inputType);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
		const isToWait = waits(context, itemIndex);
		const formats = isToWait ? chosenFormats(context, itemIndex, jobFiles) : [];
		const { started, fileName } = await startRecording(context, itemIndex, settings);
		const itemOf = (job: WireJob) =>
			context.getNodeParameter('simplify', itemIndex, true)
				? transcriptItem(transcriptOf(job, fileName))
				: { json: job };
		if (!isToWait) return [itemOf(started)];
		const id = String(started.id);
		const known = { ...waiting, isKnownAddress: true };
		const item = itemOf(await waitForJob(context, itemIndex, id, known));
		const ended = { id, recording: fileName ?? linkedRecording(context, itemIndex) };
		return [await withFiles(context, itemIndex, item, jobFiles, ended, formats, known)];
	},
};
