import type { IExecuteFunctions } from 'n8n-workflow';

import type { SightedJob } from './begun';

/** Names among an execution's custom data, which n8n keeps beside what its nodes give, and of one that is stopped. */
const JOBS_KEY = 'jobs_under_way';
const TOKENS_KEY = 'claim_tokens';
/** Characters; n8n cuts what is longer, and keeps ten texts of an execution. */
const LONGEST_TEXT = 512;
const MOST_TEXTS = 5;
const BETWEEN = ', ';

interface CustomData {
	get(name: string): string | undefined;
	set(name: string, value: string): void;
}

/** Writes a job that goes on without the node into the custom data of its execution. */
export function noteUnderWay(context: IExecuteFunctions, job: SightedJob): void {
	const { id, claimToken } = job;
	addValue(context, JOBS_KEY, wordsOf(job));
	if (claimToken) addValue(context, TOKENS_KEY, `${id}=${claimToken}`);
}

/** Takes a job that has ended out of the custom data of its execution. */
export function noteEnded(context: IExecuteFunctions, job: SightedJob): void {
	const customData = customDataOf(context);
	for (const key of keysOf(JOBS_KEY)) {
		const values = valuesOf(customData, key);
		const others = values.filter((value) => value !== wordsOf(job));
		if (others.length < values.length) customData?.set(key, others.join(BETWEEN));
	}
}

function wordsOf({ provider, id }: SightedJob): string {
	return `${provider} ${id}`;
}

/** Adds a value once, to the first of a row of texts that has room for it. */
function addValue(context: IExecuteFunctions, name: string, value: string): void {
	const customData = customDataOf(context);
	for (const key of keysOf(name)) {
		const values = valuesOf(customData, key);
		if (values.includes(value)) return;
		const text = [...values, value].join(BETWEEN);
		if (text.length <= LONGEST_TEXT) return customData?.set(key, text);
	}
}

function customDataOf(context: IExecuteFunctions): CustomData | undefined {
	return (context.getWorkflowDataProxy(0).$execution as { customData?: CustomData }).customData;
}

function keysOf(name: string): string[] {
	return Array.from({ length: MOST_TEXTS }, (_, index) =>
		index === 0 ? name : `${name}_${index + 1}`,
	);
}

function valuesOf(customData: CustomData | undefined, key: string): string[] {
	const text = customData?.get(key);
	return text ? text.split(BETWEEN) : [];
}
