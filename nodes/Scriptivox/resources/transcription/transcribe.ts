import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	NodeApiError,
} from 'n8n-workflow';

import { recordingFileField, simplifyField } from '../../../shared/fields/commonFields';
import { codeOf } from '../../../shared/core/errors';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { inputTypeField } from '../../../shared/fields/inputTypeField';
import { chosenFormats, filesField } from '../../../shared/operation/jobFiles';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions, waitingOptions } from '../../../shared/fields/optionFields';
import { linkedRecording, urlField } from '../../../shared/fields/recordingUrl';
import { diarizeField } from '../../../shared/fields/speechFields';
import { settled } from '../../../shared/core/settled';
import { startOnce } from '../../../shared/operation/startOnce';
import type { Attempt, StartRules } from '../../../shared/operation/startOnce';
import { waitSettings } from '../../../shared/wait/wait';
import { UNLESS_IT_GOES_ON, waits } from '../../../shared/wait/waitField';
import { withFiles } from '../../../shared/wait/withFiles';
import { getTranscription, startTranscription } from '../../api';
import type { TranscribeBody, WireTranscription } from '../../api';
import type { ExportFormat } from '../../formats';
import { runUntilCalledBack, waitsForCallback } from '../../callback/callback';
import type { CallbackWaiting } from '../../callback/callback';
import { waitOrCallbackField } from '../../callback/waitField';
import { earlierJob } from '../../conflict';
import type { SentFile } from '../../conflict';
import { transcriptionFiles } from '../../exports';
import { scriptivox } from '../../provider';
import { recordingOf } from '../../recording';
import {
	calledBackSettings,
	languageField,
	transcribeOptions,
	transcribeSettings,
} from '../../transcribeOptions';
import { statusOf, transcriptOf } from '../../transcript';
import {
	FIRST_LOOK_SECONDS,
	POLL_INTERVAL_SECONDS,
	throwIfFailed,
	waitForTranscription,
} from '../../waiting';

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

/** Refusals of an upload that is good for nothing any more: a retry uploads again. */
const UPLOAD_GONE = ['FILE_NOT_UPLOADED', 'UPLOAD_EXPIRED', 'UPLOAD_NOT_FOUND'];

const KEY_CONFLICT = 'IDEMPOTENCY_KEY_CONFLICT';

const callbackWaiting: CallbackWaiting<WireTranscription> = {
	provider: scriptivox,
	async start(context, callbackUrl) {
		const settings = calledBackSettings(context, callbackUrl);
		const waiting = waitSettings(context, 0, FIRST_LOOK_SECONDS);
		const simplify = context.getNodeParameter('simplify', 0, true) as boolean;
		const formats = chosenFormats(context, 0, transcriptionFiles);
		const recording = linkedRecording(context, 0);
		const { transcription, ...reported } = await start(context, 0, settings);
		const memo = { simplify, files: formats, recording, ...reported };
		return { id: String(transcription.id), ...waiting, memo };
	},
	read: async (context, id) => await getTranscription(context, 0, id),
	statusOf: ({ status }) => statusOf(status),
	async outputOf(context, transcription, { id, memo, ...waiting }) {
		await throwIfFailed(context, 0, id, transcription);
		const item = outputOf(transcription, memo as unknown as Reported);
		// an execution that an older version has parked knows of no files
		const { fileName, recording = null, files: formats = [] } = memo as unknown as ParkedMemo;
		const job = { id, recording: fileName ?? recording };
		return await withFiles(context, 0, item, transcriptionFiles, job, formats, waiting);
	},
};

const startRules: StartRules = {
	provider: scriptivox,
	knownKeyCodes: [KEY_CONFLICT, 'IDEMPOTENCY_KEY_LOCKED'],
};

/** Starts a transcription from a file, a link or an upload, and waits for it if asked to. */
export const transcribe: Operation = {
	value: 'transcribe',
	name: 'Transcribe',
	action: 'Transcribe a recording',
	description: 'Turn a recording into a transcript',
	fields: [
		inputTypePicker,
		recordingFileField,
		urlField(
			'Link to the recording, at most 2,048 characters. Links from Google Drive, Dropbox and OneDrive work when they are shared with anyone.',
		),
		uploadIdField,
		languageField,
		diarizeField,
		waitOrCallbackField,
		{ ...filesField(transcriptionFiles), displayOptions: UNLESS_IT_GOES_ON },
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
		const simplify = context.getNodeParameter('simplify', itemIndex, true) as boolean;
		const isToWait = waits(context, itemIndex);
		const formats = isToWait ? chosenFormats(context, itemIndex, transcriptionFiles) : [];
		const { transcription: started, ...reported } = await start(context, itemIndex, settings);
		if (!isToWait) return [outputOf(started, { simplify, ...reported })];
		const id = String(started.id);
		const known = { ...waiting, isKnownAddress: true };
		const transcription = await waitForTranscription(context, itemIndex, id, known);
		const item = outputOf(transcription, { simplify, ...reported });
		const job = { id, recording: reported.fileName ?? linkedRecording(context, itemIndex) };
		return [await withFiles(context, itemIndex, item, transcriptionFiles, job, formats, known)];
	},
	runWhole(context, response) {
		if (!waitsForCallback(context)) return undefined;
		return runUntilCalledBack(context, callbackWaiting, response);
	},
};

async function start(
	context: IExecuteFunctions,
	itemIndex: number,
	settings: Omit<TranscribeBody, 'upload_id' | 'url'>,
) {
	return await startOnce(context, itemIndex, startRules, async (attempt) => {
		const { source, fileName, file } = await recordingOf(context, itemIndex, attempt);
		const body = attempt.asBefore({ ...source, ...settings });
		const started = await send(context, itemIndex, body, attempt, file);
		return { ...started, fileName };
	});
}

async function send(
	context: IExecuteFunctions,
	itemIndex: number,
	body: TranscribeBody,
	attempt: Attempt,
	file: SentFile | undefined,
) {
	const sent = attempt.send(
		async () => await startTranscription(context, itemIndex, body, attempt.key),
	);
	const outcome = await settled(sent);
	if ('value' in outcome) return outcome.value;
	const { failure } = outcome;
	const code = codeOf(failure) ?? '';
	if (UPLOAD_GONE.includes(code)) attempt.forget();
	if (code !== KEY_CONFLICT || !file) return await sent;
	const conflict = failure as NodeApiError;
	const transcription = await earlierJob(context, itemIndex, body, file, conflict);
	return { transcription, replayed: true };
}

/** What the output tells beside the transcription. */
interface Reported {
	simplify: boolean;
	fileName: string | null;
	replayed: boolean;
}

/** What a parked execution keeps for its output. */
interface ParkedMemo extends Reported {
	files?: ExportFormat[];
	/** The name of the recording that a link leads to. */
	recording?: string | null;
}

function outputOf(
	transcription: WireTranscription,
	{ simplify, fileName, replayed }: Reported,
): INodeExecutionData {
	if (!simplify) return { json: transcription };
	return transcriptItem(transcriptOf(transcription, fileName), { replayed });
}
