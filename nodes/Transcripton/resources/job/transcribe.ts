import type { IExecuteFunctions } from 'n8n-workflow';

import { inputBinaryField, simplifyField } from '../../../shared/fields/commonFields';
import { transcriptItem } from '../../../shared/operation/outputItems';
import { inputTypeField, unknownInputType } from '../../../shared/fields/inputTypeField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { recordingUrlOf, urlField } from '../../../shared/fields/recordingUrl';
import { startOnce } from '../../../shared/operation/startOnce';
import type { Attempt } from '../../../shared/operation/startOnce';
import { recordingToSend } from '../../../shared/files/upload';
import { waitField, waits } from '../../../shared/wait/waitField';
import { idsOfJobsSince, startWithFile, startWithUrl } from '../../api';
import type { JobSettings, WireJob } from '../../api';
import { fileRules } from '../../files';
import { transcripton } from '../../provider';
import { transcribeOptions, transcribeSettings } from '../../transcribeOptions';
import { transcriptOf } from '../../transcript';
import { jobWaitSettings, waitForJob, waitOptions } from '../../waiting';

const inputTypePicker = inputTypeField('Where the recording comes from', {
	binaryFile: 'A recording in a binary field of the item; it is streamed to Transcripton',
	url: 'A link to a recording or to its page; no bytes go through n8n',
});

/** A job that was started, and the name of its file where the node knows it. */
interface Started {
	started: WireJob;
	fileName: string | null;
}

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
		const { started, fileName } = await start(context, itemIndex, inputType, settings);
		const id = String(started.id);
		const job = waits(context, itemIndex)
			? await waitForJob(context, itemIndex, id, { ...waiting, isKnownAddress: true })
			: started;
		if (!context.getNodeParameter('simplify', itemIndex, true)) return [{ json: job }];
		return [transcriptItem(transcriptOf(job, fileName))];
	},
};

/** Transcripton knows no idempotency key, so its list of jobs has to say whether a start arrived. */
async function start(
	context: IExecuteFunctions,
	itemIndex: number,
	inputType: string,
	settings: JobSettings,
): Promise<Started> {
	const rules = {
		provider: transcripton.name,
		keys: null,
		startedSince: async (since: number) => await idsOfJobsSince(context, itemIndex, since),
	};
	return await startOnce(
		context,
		itemIndex,
		rules,
		async (attempt) => await send(context, itemIndex, inputType, settings, attempt),
	);
}

async function send(
	context: IExecuteFunctions,
	itemIndex: number,
	inputType: string,
	settings: JobSettings,
	attempt: Attempt,
): Promise<Started> {
	switch (inputType) {
		case 'binaryFile': {
			const propertyName = context.getNodeParameter('binaryPropertyName', itemIndex);
			const file = await recordingToSend(context, itemIndex, propertyName, fileRules);
			const started = await attempt.send(
				async () => await startWithFile(context, itemIndex, file, settings),
			);
			return { started, fileName: file.name };
		}
		case 'url': {
			const url = await recordingUrlOf(context, itemIndex, transcripton);
			const started = await attempt.send(
				async () => await startWithUrl(context, itemIndex, url, settings),
			);
			return { started, fileName: null };
		}
		default:
			throw unknownInputType(context, itemIndex, inputType);
	}
}
