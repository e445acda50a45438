import { createHash, randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from './errors';
import { optionsOf } from './settings';

const NO_KEY = 'none';

/** What a provider takes for an idempotency key. */
export interface IdempotencyKeyRules {
	/** The most characters. */
	longest: number;
	/** What a key looks like as a whole. */
	pattern: RegExp;
	/** The pattern in words, after "at most … characters". */
	described: string;
}

const HEADER_RULES: IdempotencyKeyRules = {
	longest: 255,
	pattern: /^[\x21-\x7e]+$/,
	described: 'without spaces or letters beyond ASCII',
};

/**
 * The idempotency key of an item: the one that the user set, none where turned off, else one made
 * from instance, workflow, execution, node, run and item. A node's retry makes the same key, so
 * that it never pays twice; a loop's next round makes another.
 *
 * @param rules what the provider takes; by default what can stand in a header
 * @throws NodeOperationError for a key that the provider would refuse
 */
export function idempotencyKeyOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ longest, pattern, described }: IdempotencyKeyRules = HEADER_RULES,
): string | undefined {
	const set = String(optionsOf(context, itemIndex).idempotencyKey ?? '').trim();
	if (set === NO_KEY) return undefined;
	if (set === '') return derivedKey(context, itemIndex).slice(0, longest);
	if (set.length > longest || !pattern.test(set)) {
		throw inputError(
			context.getNode(),
			`Idempotency Key must have at most ${longest} characters, ${described}`,
			{ description: 'Use a hash of what makes the job unique, for example.', itemIndex },
		);
	}
	return set;
}

function derivedKey(context: IExecuteFunctions, itemIndex: number): string {
	const { $runIndex } = context.getWorkflowDataProxy(itemIndex);
	const parts = [
		context.getInstanceId(),
		context.getWorkflow().id,
		context.getExecutionId() ?? randomUUID(),
		context.getNode().id,
		$runIndex,
		itemIndex,
	];
	return `n8n-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}

/**
 * Makes what an item's submit refers to, such as an upload, once for an idempotency key: a retry in
 * the same execution finds the first one's result, because the same key needs the same body.
 *
 * @param key leave it out where there is no key: then nothing is remembered
 * @param make what to do the first time; its result is kept with the execution's data
 */
export async function oncePerKey(
	context: IExecuteFunctions,
	itemIndex: number,
	key: string | undefined,
	make: () => Promise<string>,
): Promise<string> {
	if (key === undefined) return await make();
	const remembered = context.getContext('node');
	const { $runIndex } = context.getWorkflowDataProxy(itemIndex);
	const place = `${$runIndex} ${itemIndex} ${key}`;
	const result = (remembered[place] as string | undefined) ?? (await make());
	remembered[place] = result;
	return result;
}
