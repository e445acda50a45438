import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { inputError } from './errors';

/** How one item's requests behave; absent outside of executions. */
export interface RequestSettings {
	/** Tries after the first. */
	maxRetries: number;
	/** The user's limit a minute and endpoint; undefined for the provider's own, 0 for none. */
	requestsPerMinute: number | undefined;
	/** How many n8n processes share the limits of the key. */
	processes: number;
}

export const DEFAULT_MAX_RETRIES = 5;
export const DEFAULT_MAX_PARALLEL = 10;
export const DEFAULT_PROCESSES = 1;
export const DEFAULT_TIMEOUT_MINUTES = 120;

// a call of the node reads them a dozen times an item, and n8n works out every expression each time
const read = new WeakMap<IExecuteFunctions, Map<number, IDataObject>>();

/** The item's `options` collection; empty where the operation has none. */
export function optionsOf(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const known = read.get(context) ?? new Map<number, IDataObject>();
	read.set(context, known);
	const options =
		known.get(itemIndex) ?? (context.getNodeParameter('options', itemIndex, {}) as IDataObject);
	known.set(itemIndex, options);
	return options;
}

/**
 * A number from the item's options, checked.
 *
 * @throws NodeOperationError where it is no number, or out of range
 */
export function numberOption(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	label: string,
	range: { least: number; most: number; whole?: boolean },
): number | undefined {
	const value = optionsOf(context, itemIndex)[name];
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	const fits = number >= range.least && number <= range.most;
	if (!fits || (range.whole && !Number.isInteger(number))) {
		throw inputError(
			context.getNode(),
			`${label} must be ${range.whole ? 'a whole number' : 'a number'} from ${range.least} to ${range.most}`,
			{
				description:
					'Enter a number within the range, or remove the option. If it holds an expression, look at what that gives for this item.',
				itemIndex,
			},
		);
	}
	return number;
}

/**
 * A yes or no from the item's options; an expression may give the word.
 *
 * @returns undefined where it is not set
 * @throws NodeOperationError where it is neither
 */
export function booleanOption(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	label: string,
): boolean | undefined {
	return booleanOf(context, itemIndex, label, optionsOf(context, itemIndex)[name]);
}

/**
 * A yes or no from a parameter of the item's own; an expression may give the word.
 *
 * @returns undefined where an expression gives nothing
 * @throws NodeOperationError where it is neither
 */
export function booleanParameter(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	label: string,
): boolean | undefined {
	return booleanOf(context, itemIndex, label, context.getNodeParameter(name, itemIndex, ''));
}

function booleanOf(
	context: IExecuteFunctions,
	itemIndex: number,
	label: string,
	value: unknown,
): boolean | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (value === true || value === 'true') return true;
	if (value === false || value === 'false') return false;
	throw inputError(context.getNode(), `${label} must be true or false`, {
		description: 'Turn it on or off, or let its expression give true or false.',
		itemIndex,
	});
}

/** The item's settings for requests. */
export function requestSettings(context: IExecuteFunctions, itemIndex: number): RequestSettings {
	const whole = { least: 0, whole: true };
	return {
		maxRetries:
			numberOption(context, itemIndex, 'maxRetries', 'Max Retries', { ...whole, most: 20 }) ??
			DEFAULT_MAX_RETRIES,
		requestsPerMinute: numberOption(
			context,
			itemIndex,
			'requestsPerMinute',
			'Requests per Minute',
			{ ...whole, most: 100_000 },
		),
		processes:
			numberOption(context, itemIndex, 'processes', 'Processes', {
				least: 1,
				most: 1000,
				whole: true,
			}) ?? DEFAULT_PROCESSES,
	};
}

/**
 * How many items to work on at once, the same for all of a run.
 *
 * @throws NodeOperationError where it is no whole number from 1 to 100
 */
export function maxParallelOf(context: IExecuteFunctions): number {
	const range = { least: 1, most: 100, whole: true };
	return numberOption(context, 0, 'maxParallel', 'Max Parallel', range) ?? DEFAULT_MAX_PARALLEL;
}
