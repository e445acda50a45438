import type { INodeProperties } from 'n8n-workflow';

import { idField, idOf } from '../../../shared/fields/idField';
import type { Operation } from '../../../shared/operation/operation';
import { optionsField, requestOptions } from '../../../shared/fields/optionFields';
import { optionsOf } from '../../../shared/core/settings';
import { startOnce } from '../../../shared/operation/startOnce';
import type { StartRules } from '../../../shared/operation/startOnce';
import {
	checkScheduledFor,
	checkedLength,
	idempotencyKeyOption,
	scheduledForOf,
	scheduledForOption,
	startRules,
	textFieldOf,
} from '../../fields';
import { projectId } from '../../ids';
import { createPost } from '../../postsApi';

/** Characters (Scripe API reference). */
const LONGEST_CONTENT = 100_000;
const LONGEST_TITLE = 500;

const contentField: INodeProperties = {
	displayName: 'Content',
	name: 'content',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Three things we learned this week',
	description: 'The text of the post, at most 100,000 characters',
};

const contentTypeOption: INodeProperties = {
	displayName: 'Content Type',
	name: 'contentType',
	type: 'string',
	default: '',
	placeholder: 'e.g. EDUCATIONAL',
	description: 'What kind of post it is, in the word that Scripe uses for it',
};

const titleOption: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	placeholder: 'e.g. Lessons of the week',
	description: 'The title of the post in Scripe, at most 500 characters',
};

const postRules: StartRules = {
	...startRules,
	lookup: 'Look with Post: Get Many whether the post exists',
};

/** Makes a post as it is given. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create a post',
	description: 'Make a draft, or a post that is published later',
	fields: [
		{ ...idField(projectId), description: 'The project that the post belongs to' },
		contentField,
		optionsField([
			titleOption,
			scheduledForOption,
			contentTypeOption,
			idempotencyKeyOption,
			...requestOptions,
		]),
	],
	async run(context, itemIndex) {
		const project = idOf(context, itemIndex, projectId);
		const content = textFieldOf(context, itemIndex, 'content', 'Content', LONGEST_CONTENT);
		const options = optionsOf(context, itemIndex);
		const scheduledFor = scheduledForOf(context, itemIndex, options);
		const title = String(options.title ?? '').trim();
		checkedLength(context, itemIndex, 'Title', title, LONGEST_TITLE);
		const contentType = String(options.contentType ?? '').trim();
		const body = {
			projectId: project,
			content,
			...(title && { title }),
			...(contentType && { contentType }),
			...(scheduledFor && { scheduledFor }),
		};
		const { data, replayed } = await startOnce(context, itemIndex, postRules, async (attempt) => {
			const fields = attempt.asBefore(body);
			checkScheduledFor(context, itemIndex, attempt, fields);
			return await attempt.send(
				async () => await createPost(context, itemIndex, fields, attempt.key),
			);
		});
		return [{ json: { ...data, replayed } }];
	},
};
