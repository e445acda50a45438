import type { INodeProperties } from 'n8n-workflow';

import { inputBinaryField, simplifyField } from '../../../shared/fields';
import { idempotencyKeyOf } from '../../../shared/idempotency';
import { transcriptItem } from '../../../shared/outputItems';
import { inputTypeField } from '../../../shared/inputTypeField';
import type { Operation } from '../../../shared/operation';
import {
	optionsField,
	pollIntervalSecondsOption,
	requestOptions,
	timeoutMinutesOption,
} from '../../../shared/optionFields';
import { urlField } from '../../../shared/recordingUrl';
import { waitSettings } from '../../../shared/wait';
import { waitField, waits } from '../../../shared/waitField';
import { startTranscription } from '../../api';
import { recordingOf } from '../../recording';
import { transcribeOptions, transcribeSettings } from '../../transcribeOptions';
import { transcriptOf } from '../../transcript';
import { POLL_INTERVAL_SECONDS, waitForTranscription } from '../../waiting';

const inputTypePicker = inputTypeField('Where the recording comes from', {
	binaryFile: 'A recording in a binary field of the item; it is streamed to Scriptivox',
	uploadId: 'A file that was uploaded with File: Upload before',
	url: 'A link that gives the recording to anybody; no bytes go through n8n',
});

const uploadIdField: INodeProperties = {
	displayName: 'Upload ID',
	name: 'uploadId',
	type: 'string',
	displayOptions: { show: { inputType: ['uploadId'] } },
	default: '',
	required: true,
	placeholder: 'e.g. 3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d',
	description: 'The ID that File: Upload returned. It can be used once.',
};

/** Starts a transcription from a file, a link or an upload, and waits for it if asked to. */
export const transcribe: Operation = {
	value: 'transcribe',
	name: 'Transcribe',
	action: 'Transcribe a recording',
	description: 'Turn a recording into a transcript',
	fields: [
		inputTypePicker,
		{ ...inputBinaryField, displayOptions: { show: { inputType: ['binaryFile'] } } },
		urlField(
			'Link to the recording, at most 2,048 characters. Links from Google Drive, Dropbox and OneDrive work when they are shared with anyone.',
		),
		uploadIdField,
		waitField,
		simplifyField,
		optionsField([
			...transcribeOptions,
			...requestOptions,
			pollIntervalSecondsOption,
			timeoutMinutesOption,
		]),
	],
	async run(context, itemIndex) {
		const settings = transcribeSettings(context, itemIndex);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
		const idempotencyKey = idempotencyKeyOf(context, itemIndex);
		const { source, fileName } = await recordingOf(context, itemIndex, idempotencyKey);
		const body = { ...source, ...settings };
		const started = await startTranscription(context, itemIndex, body, idempotencyKey);
		const transcription = waits(context, itemIndex)
			? await waitForTranscription(context, itemIndex, String(started.transcription.id), waiting)
			: started.transcription;
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: transcription }];
		const { replayed } = started;
		return [transcriptItem(transcriptOf(transcription, fileName), { replayed })];
	},
};
