import { inputBinaryField, simplifyField } from '../../../shared/fields/commonFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { inputTypeField } from '../../../shared/fields/inputTypeField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { urlField } from '../../../shared/fields/recordingUrl';
import { waitField, waits } from '../../../shared/wait/waitField';
import { startRecording } from '../../recording';
import { transcribeOptions, transcribeSettings } from '../../transcribeOptions';
import { transcriptOf } from '../../transcript';
import { jobWaitSettings, waitForJob, waitOptions } from '../../waiting';

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
		{ ...inputBinaryField, displayOptions: { show: { inputType: ['binaryFile'] } } },
		urlField(
			'Link to the recording, or to its page at YouTube, Vimeo, SoundCloud, a podcast feed or another site that Transcripton knows',
		),
		waitField,
		simplifyField,
		optionsField([...transcribeOptions, ...requestOptions, ...waitOptions]),
	],
	startsJob: true,
	sendsFile: true,
	async run(context, itemIndex) {
		const inputType = context.getNodeParameter('inputType', itemIndex) as string;
		const settings = transcribeSettings(context, itemIndex, inputType);
		const waiting = jobWaitSettings(context, itemIndex);
		const { started, fileName } = await startRecording(context, itemIndex, settings);
		const id = String(started.id);
		const job = waits(context, itemIndex)
			? await waitForJob(context, itemIndex, id, { ...waiting, isKnownAddress: true })
			: started;
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: job }];
		return [transcriptItem(transcriptOf(job, fileName))];
	},
};
