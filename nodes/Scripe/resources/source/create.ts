import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { simplifyField } from '../../../shared/fields/commonFields';
import { checkedId } from '../../../shared/fields/checkedId';
import { idField, idOf } from '../../../shared/fields/idField';
import { inputTypeField, byInputType } from '../../../shared/fields/inputTypeField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions, waitingOptions } from '../../../shared/fields/optionFields';
import { startOnce } from '../../../shared/operation/startOnce';
import type { Attempt, StartRules } from '../../../shared/operation/startOnce';
import { waitSettings } from '../../../shared/wait/wait';
import { waits } from '../../../shared/wait/waitField';
import { createSource, uploadFile } from '../../api';
import type { SourceBody } from '../../api';
import type { Written } from '../../client';
import { idempotencyKeyOption, startRules, textFieldOf } from '../../fields';
import { fileField, fileToSend } from '../../files';
import { projectId, uploadId } from '../../ids';
import { sourceOfJob, transcriptOf } from '../../results';
import { transcriptOfSource } from '../../transcript';
import { POLL_INTERVAL_SECONDS, readOfJob, waitFieldFor, waitForJob } from '../../waiting';

/** Characters in a text (Scripe API reference). */
const LONGEST_TEXT = 1_000_000;

const inputTypePicker = inputTypeField('What the source is made from', {
	binaryFile: 'A file in a binary field of the item; it is streamed to Scripe',
	text: 'A transcript that is there already',
	uploadId: 'A file that was uploaded with Upload: Create before',
});

const textField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	displayOptions: { show: { inputType: ['text'] } },
	default: '',
	required: true,
	placeholder: 'e.g. Good morning, everybody. Shall we begin?',
	description: 'The transcript, at most 1,000,000 characters',
};

const uploadIdField: INodeProperties = {
	displayName: 'Upload ID',
	name: 'uploadId',
	type: 'string',
	displayOptions: { show: { inputType: ['uploadId'] } },
	default: '',
	required: true,
	placeholder: `e.g. ${uploadId.example}`,
	description: 'The ID that Upload: Create gave. Scripe keeps an unused upload for 24 hours.',
};

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Weekly call',
	description: 'What the source is called in Scripe. Leave empty for a name that Scripe chooses.',
};

/** Makes a source from a text, a file or an upload, and waits for it if asked to. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create a source',
	description: 'Turn a recording, a document or a transcript into a source for posts',
	fields: [
		{ ...idField(projectId), description: 'The project that the source belongs to' },
		inputTypePicker,
		{ ...fileField, displayOptions: { show: { inputType: ['binaryFile'] } } },
		textField,
		uploadIdField,
		nameField,
		{
			...waitFieldFor('source'),
			displayOptions: { show: { inputType: ['binaryFile', 'uploadId'] } },
		},
		simplifyField,
		optionsField([
			idempotencyKeyOption,
			...requestOptions,
			...waitingOptions(POLL_INTERVAL_SECONDS),
		]),
	],
	startsJob: true,
	sendsFile: true,
	async run(context, itemIndex) {
		const project = idOf(context, itemIndex, projectId);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
		const name = nameOf(context, itemIndex);
		const { type, fileName, ...written } = await startOnce(
			context,
			itemIndex,
			rulesFor(context, itemIndex),
			async (attempt) => {
				const { content, fileName } = await contentOf(context, itemIndex, attempt);
				const body = attempt.asBefore<SourceBody>({
					...content,
					projectId: project,
					...(name && { name }),
				});
				const made = await attempt.send(
					async () => await createSource(context, itemIndex, body, attempt.key),
				);
				return { ...made, type: body.type, fileName };
			},
		);
		if (type === 'text') return [{ json: sourceOutput(context, itemIndex, written) }];
		const { data: started, replayed } = written;
		const job = waits(context, itemIndex)
			? await waitForJob(context, itemIndex, String(started.id), waiting, started)
			: started;
		const readSource = async () => await sourceOfJob(context, itemIndex, job);
		const result = await readOfJob(context, itemIndex, job, waiting, readSource);
		if (!simplifies(context, itemIndex)) return [{ json: result.source ?? job }];
		return [{ json: { ...transcriptOf(job, result, fileName), replayed } }];
	},
};

/** A text is made a source of at once, without a job; Scripe lists no sources. */
function rulesFor(context: IExecuteFunctions, itemIndex: number): StartRules {
	const isText = context.getNodeParameter('inputType', itemIndex) === 'text';
	return isText
		? { ...startRules, lookup: 'Look in Scripe whether the source exists' }
		: startRules;
}

function simplifies(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('simplify', itemIndex, true) as boolean;
}

function sourceOutput(
	context: IExecuteFunctions,
	itemIndex: number,
	{ data, replayed }: Written,
): IDataObject {
	return simplifies(context, itemIndex) ? { ...transcriptOfSource(data), replayed } : data;
}

function nameOf(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('name', itemIndex, '') ?? '').trim();
}

/** What a source is made from. */
interface Content {
	content: Omit<SourceBody, 'projectId'>;
	/** The file's name; null where it is made from none, or the node does not know it. */
	fileName: string | null;
}

/** What the source is made from, ready to be sent: a binary file is uploaded for it. */
async function contentOf(
	context: IExecuteFunctions,
	itemIndex: number,
	attempt: Attempt,
): Promise<Content> {
	return await byInputType<Content>(context, itemIndex, {
		binaryFile: async () => await uploadedBinary(context, itemIndex, attempt),
		async text() {
			const text = textFieldOf(context, itemIndex, 'text', 'Text', LONGEST_TEXT);
			return { content: { type: 'text', text }, fileName: null };
		},
		async uploadId() {
			const value = context.getNodeParameter('uploadId', itemIndex, '');
			const id = checkedId(context, itemIndex, value, uploadId);
			return { content: { type: 'file', uploadId: id }, fileName: null };
		},
	});
}

async function uploadedBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	attempt: Attempt,
): Promise<Content> {
	const file = await fileToSend(context, itemIndex);
	const id = await attempt.once(async () => (await uploadFile(context, itemIndex, file)).uploadId);
	return { content: { type: 'file', uploadId: id }, fileName: file.name };
}
