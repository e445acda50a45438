import type { INodeProperties } from 'n8n-workflow';

import {
	DEFAULT_MAX_PARALLEL,
	DEFAULT_MAX_RETRIES,
	DEFAULT_PROCESSES,
	DEFAULT_TIMEOUT_MINUTES,
} from '../core/settings';

/** How many items to work on at once. */
export const maxParallelOption: INodeProperties = {
	displayName: 'Max Parallel',
	name: 'maxParallel',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
	default: DEFAULT_MAX_PARALLEL,
	description: 'How many items to work on at the same time',
};

/** How often to try again. */
export const maxRetriesOption: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
	default: DEFAULT_MAX_RETRIES,
	description:
		'How often to try again when a limit is used up or the provider is in trouble. While nobody answers, a request is repeated for 15 minutes, unless this is below 5. What might be done twice is never repeated.',
};

/** The client-side limit. */
export const requestsPerMinuteOption: INodeProperties = {
	displayName: 'Requests per Minute',
	name: 'requestsPerMinute',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 50,
	description:
		'How many requests a minute to send to each endpoint. All executions of this n8n process with the same credential count together. 0 for no limit. Without this option each endpoint has its own limit, within any that the provider documents.',
};

/** How many processes share the limit. */
export const processesOption: INodeProperties = {
	displayName: 'Processes',
	name: 'processes',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
	default: DEFAULT_PROCESSES,
	description:
		'How many n8n processes use the same key, such as the workers of queue mode. Each takes its share of the requests a minute, and at least one.',
};

/** How often to look at a job. */
const pollIntervalSecondsOption: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollIntervalSeconds',
	type: 'number',
	typeOptions: { minValue: 0.1, maxValue: 3600 },
	default: 5,
	description:
		'How long to pause between two looks at the job. The pause grows to 30 seconds as the job ages.',
};

/** A key under which the same request gives the same job; a provider with rules of its own adds them. */
export const idempotencyKeyOption: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: "e.g. {{ $json.path.hash('sha256') }}",
	description:
		'The same request again with the same key gives the same job and costs nothing. Leave empty for a key that n8n makes for each item: a retry then never pays twice. Enter "none" to send no key.',
};

/** How long to wait for a job. */
const timeoutMinutesOption: INodeProperties = {
	displayName: 'Timeout (Minutes)',
	name: 'timeoutMinutes',
	type: 'number',
	typeOptions: { minValue: 0.01, maxValue: 10080 },
	default: DEFAULT_TIMEOUT_MINUTES,
	description:
		'How long to wait for the job to end. When the time is up, the job keeps running at the provider.',
};

/** How long to wait for a job that was started before. */
const timeoutOrOnceOption: INodeProperties = {
	...timeoutMinutesOption,
	typeOptions: { minValue: 0, maxValue: 10080 },
	description:
		'How long to wait for the job to end; 0 looks once. When the time is up, the job keeps running at the provider.',
};

/**
 * The options of an operation that waits for a job.
 *
 * @param pollIntervalSeconds the provider's cadence
 */
export function waitingOptions(pollIntervalSeconds: number): INodeProperties[] {
	return [{ ...pollIntervalSecondsOption, default: pollIntervalSeconds }, timeoutMinutesOption];
}

/** The same for a job that was started before, which may be looked at once. */
export function waitingOrOnceOptions(pollIntervalSeconds: number): INodeProperties[] {
	return [{ ...pollIntervalSecondsOption, default: pollIntervalSeconds }, timeoutOrOnceOption];
}

/** The options of every operation. */
export const requestOptions: INodeProperties[] = [
	maxParallelOption,
	maxRetriesOption,
	requestsPerMinuteOption,
	processesOption,
];

/** What several operations have, in the order in which a person comes to need it. */
const LAST = [
	timeoutMinutesOption.name,
	pollIntervalSecondsOption.name,
	maxParallelOption.name,
	requestsPerMinuteOption.name,
	processesOption.name,
	maxRetriesOption.name,
	idempotencyKeyOption.name,
];

/**
 * The `options` collection of an operation: what it alone has, as given, then how it waits and how it
 * sends.
 */
export function optionsField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...options].sort((a, b) => LAST.indexOf(a.name) - LAST.indexOf(b.name)),
	};
}
