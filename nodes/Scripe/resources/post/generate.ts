import type { INodeProperties } from 'n8n-workflow';

import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions, waitingOptions } from '../../../shared/fields/optionFields';
import { optionsOf } from '../../../shared/core/settings';
import { startOnce } from '../../../shared/operation/startOnce';
import { waitSettings } from '../../../shared/wait/wait';
import { waits } from '../../../shared/wait/waitField';
import {
	checkScheduledFor,
	idempotencyKeyOption,
	scheduledForOf,
	scheduledForOption,
	startRules,
	textFieldOf,
} from '../../fields';
import { projectId } from '../../ids';
import { generatePost } from '../../postsApi';
import { postOfJob } from '../../results';
import { POLL_INTERVAL_SECONDS, readOfJob, waitFieldFor, waitForJob } from '../../waiting';

const textField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Good morning, everybody. Shall we begin?',
	description: 'What the post is written from, such as a transcript',
};

const languageOption: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'string',
	default: '',
	placeholder: 'e.g. en',
	description: 'The language to write in. Without it Scripe chooses.',
};

/** Lets Scripe write a post. */
export const generate: Operation = {
	value: 'generate',
	name: 'Generate',
	action: 'Generate a post',
	description: "Let Scripe write a post from a text; it counts against the day's spend cap",
	fields: [
		{ ...idField(projectId), description: 'The project that the post belongs to' },
		textField,
		waitFieldFor('post'),
		optionsField([
			languageOption,
			scheduledForOption,
			idempotencyKeyOption,
			...requestOptions,
			...waitingOptions(POLL_INTERVAL_SECONDS),
		]),
	],
	startsJob: true,
	async run(context, itemIndex) {
		const project = idOf(context, itemIndex, projectId);
		const text = textFieldOf(context, itemIndex, 'text', 'Text', Infinity);
		const waiting = waitSettings(context, itemIndex, POLL_INTERVAL_SECONDS);
		const options = optionsOf(context, itemIndex);
		const scheduledFor = scheduledForOf(context, itemIndex, options);
		const language = String(options.language ?? '').trim();
		const body = {
			projectId: project,
			source: { text },
			...(scheduledFor && { scheduledFor }),
			...(language && { options: { language } }),
		};
		const isAwaited = waits(context, itemIndex);
		const written = await startOnce(context, itemIndex, startRules, async (attempt) => {
			const { isAwaited: waited, ...fields } = attempt.asBefore({ ...body, isAwaited });
			checkScheduledFor(context, itemIndex, attempt, fields);
			return await attempt.send(
				async () => await generatePost(context, itemIndex, fields, waited, attempt.key),
			);
		});
		const { data: started, replayed } = written;
		if (!isAwaited) return [{ json: { ...started, replayed } }];
		const job = await waitForJob(context, itemIndex, String(started.id), waiting, started);
		const readPost = async () => await postOfJob(context, itemIndex, job);
		const { post = null } = await readOfJob(context, itemIndex, job, waiting, readPost);
		return [{ json: { ...job, replayed, post } }];
	},
};
