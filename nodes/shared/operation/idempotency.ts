import { createHash, randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';

import { inputError } from '../core/errors';
import { runIndexOf } from './execution';
import { optionsOf } from '../core/settings';

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
 * @param more what else a made key depends on, such as the number of jobs that failed
 * @throws NodeOperationError for a key that the provider would refuse
 */
export function idempotencyKeyOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ longest, pattern, described }: IdempotencyKeyRules = HEADER_RULES,
	more: unknown[] = [],
): string | undefined {
	const set = keySet(context, itemIndex);
	if (set === NO_KEY) return undefined;
	if (set === '') return derivedKey(context, itemIndex, more).slice(0, longest);
	if (set.length > longest || !pattern.test(set)) {
		throw inputError(
			context.getNode(),
			`Idempotency Key must have at most ${longest} characters, ${described}`,
			{ description: 'Use a hash of what makes the item unique, for example.', itemIndex },
		);
	}
	return set;
}

/** Whether the node makes the item's key itself. */
export function makesKey(context: IExecuteFunctions, itemIndex: number): boolean {
	return keySet(context, itemIndex) === '';
}

function keySet(context: IExecuteFunctions, itemIndex: number): string {
	return String(optionsOf(context, itemIndex).idempotencyKey ?? '').trim();
}

function derivedKey(context: IExecuteFunctions, itemIndex: number, more: unknown[]): string {
	const parts = [
		context.getInstanceId(),
		context.getWorkflow().id,
		context.getExecutionId() ?? randomUUID(),
		context.getNode().id,
		runIndexOf(context),
		itemIndex,
		...more,
	];
	return `n8n-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
