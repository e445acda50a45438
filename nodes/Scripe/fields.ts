import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { isoTimeOf } from '../shared/core/dateTime';
import { inputError } from '../shared/core/errors';
import { idempotencyKeyOption as sharedIdempotencyKeyOption } from '../shared/fields/optionFields';
import { idempotencyKeyOf } from '../shared/operation/idempotency';
import type { IdempotencyKeyRules } from '../shared/operation/idempotency';
import type { Attempt, StartRules } from '../shared/operation/startOnce';
import { scripe } from './provider';

/** What Scripe takes for a key; it leaves others out of account without a word. */
const keyRules: IdempotencyKeyRules = {
	longest: 64,
	pattern: /^[A-Za-z0-9_-]+$/,
	described: 'each of them a letter, a digit, _ or -',
};

/** Makes a write happen once. */
export const idempotencyKeyOption: INodeProperties = {
	...sharedIdempotencyKeyOption,
	description:
		'The same request again with the same key within 24 hours gives the first result. Up to 64 letters, digits, _ and -. Leave empty for a key that n8n makes for each item: a retry then does nothing twice. Enter "none" to send no key.',
};

/**
 * The item's idempotency key.
 *
 * @throws NodeOperationError for a key that Scripe would leave out of account
 */
export function keyOf(context: IExecuteFunctions, itemIndex: number): string | undefined {
	return idempotencyKeyOf(context, itemIndex, keyRules);
}

/** How Scripe tells one write from another. */
export const startRules: StartRules = {
	provider: scripe,
	keys: keyRules,
	keyHours: 24,
	knownKeyCodes: ['idempotency_key_conflict'],
};

/** From which day on to list. */
export const fromFilter: INodeProperties = {
	displayName: 'From',
	name: 'dateFrom',
	type: 'dateTime',
	default: '',
	description: 'Only what is of this day or later',
};

/** Until which day to list. */
export const toFilter: INodeProperties = {
	displayName: 'To',
	name: 'dateTo',
	type: 'dateTime',
	default: '',
	description: 'Only what is of this day or earlier',
};

/** The `filters` collection of a list. */
export function filtersField(filters: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: filters,
	};
}

/**
 * The item's filters as query fields: lists with commas, days as `2026-11-22`.
 *
 * @throws NodeOperationError for a day that is none
 */
export function filtersOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const query: IDataObject = {};
	for (const [name, value] of Object.entries(filters)) {
		if (value === '' || value === null || value === undefined) continue;
		if (name === 'dateFrom') query[name] = dayOf(context, itemIndex, 'From', value);
		else if (name === 'dateTo') query[name] = dayOf(context, itemIndex, 'To', value);
		else if (Array.isArray(value)) query[name] = value.join(',');
		else query[name] = value;
	}
	return query;
}

function dayOf(context: IExecuteFunctions, itemIndex: number, label: string, value: unknown) {
	const text = String(value).trim();
	const asWritten = { setZone: true };
	const time = [DateTime.fromISO(text, asWritten), DateTime.fromSQL(text, asWritten)];
	const day = /^\d{4}-\d{2}-\d{2}/.test(text) && time.find(({ isValid }) => isValid)?.toISODate();
	if (day) return day;
	throw inputError(context.getNode(), `${label} is not a date`, {
		description: 'A date looks like 2026-11-22.',
		itemIndex,
	});
}

/** When a post is to be published. */
export const scheduledForOption: INodeProperties = {
	displayName: 'Scheduled For',
	name: 'scheduledFor',
	type: 'dateTime',
	default: '',
	description:
		'When the post is to be published, a time to come. One without an offset is meant in the time zone of the workflow. Without this option the post is a draft.',
};

/**
 * The item's time of publishing, as Scripe takes it.
 *
 * @throws NodeOperationError where it is no time
 */
export function scheduledForOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ scheduledFor }: IDataObject,
): string | undefined {
	if (!scheduledFor) return undefined;
	return isoTimeOf(context, itemIndex, 'Scheduled For', scheduledFor);
}

/**
 * What a first request is checked for; a later one asks for what that one has made.
 *
 * @throws NodeOperationError where the time of publishing has passed
 */
export function checkScheduledFor(
	context: IExecuteFunctions,
	itemIndex: number,
	{ isAgain }: Attempt,
	{ scheduledFor }: { scheduledFor?: string },
): void {
	if (isAgain || scheduledFor === undefined || Date.parse(scheduledFor) > Date.now()) return;
	throw inputError(context.getNode(), 'Scheduled For has passed', {
		description: 'Enter a time to come, or remove the option to make a draft.',
		itemIndex,
	});
}

/**
 * A text field of the item, checked. Characters are counted as people do: an emoji is one.
 *
 * @throws NodeOperationError where it is empty, no text, or too long
 */
export function textFieldOf(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	label: string,
	longest: number,
): string {
	const value = context.getNodeParameter(name, itemIndex, '');
	const text = typeof value === 'string' ? value : '';
	if (text.trim() === '') {
		throw inputError(context.getNode(), `${label} is empty`, {
			description:
				'Fill in the field. If it holds an expression, look at what that gives for this item.',
			itemIndex,
		});
	}
	return checkedLength(context, itemIndex, label, text, longest);
}

/** A text, checked for its length. Throws NodeOperationError where it is too long. */
export function checkedLength(
	context: IExecuteFunctions,
	itemIndex: number,
	label: string,
	text: string,
	longest: number,
): string {
	const length = text.length > longest ? Array.from(text).length : text.length;
	if (length <= longest) return text;
	throw inputError(context.getNode(), `${label} has more than ${longest} characters`, {
		description: `It has ${length}. Shorten it, or split it over several items.`,
		itemIndex,
	});
}
