import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { beginItem, credentialsOf, isOfAnother } from './begun';
import type { Begun } from './begun';
import { connectionFlaw } from '../http/connection';
import { codeOf, httpStatusOf, inputError } from '../core/errors';
import { idempotencyKeyOf, makesKey } from './idempotency';
import type { IdempotencyKeyRules } from './idempotency';
import { settled } from '../core/retry';
import { safeText } from '../core/safeText';

/** Machines' clocks differ. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** One try to start what an item asks for. */
export interface Attempt {
	/** The idempotency key to send; undefined where none is to be sent. */
	key: string | undefined;
	/** Makes what the start refers to, such as an upload; a retry finds the first one's. */
	once(make: () => Promise<string>): Promise<string>;
	/** Forgets what was made so: the provider does not take it any more. */
	forget(): void;
	/**
	 * What the first request with this key was sent with: another execution's would be refused.
	 *
	 * @param value what a first request is to be sent with
	 */
	sameAsBefore(field: string, value: string): string;
	/** Sends the request that starts it; a reply that got lost is kept in mind. */
	send<Reply>(request: () => Promise<Reply>): Promise<Reply>;
}

/** How a provider tells one start from another. */
export interface StartRules {
	/** What it takes for an idempotency key; null where it knows none. */
	keys?: IdempotencyKeyRules | null;
	/** For how many hours it knows a key again; for ever where it does not say. */
	keyHours?: number;
	/** The provider's name. */
	provider: string;
	/** For how long what was made is good for something; for ever where it is not said. */
	goodForMinutes?: number;
	/**
	 * The IDs of what was started since a time, where a list shows it.
	 *
	 * @param since in milliseconds since 1970
	 */
	startedSince?(since: number): Promise<string[]>;
}

/**
 * Starts what an item asks for, once in an execution: where n8n runs the node again, because an item
 * has failed or somebody retries the execution, the same item goes on with what it has started. What
 * failed is started anew, under another key.
 *
 * @param start sends the start; its result is kept with the execution's data, as JSON
 * @returns what `start` gave, now or the first time
 * @throws what `start` throws; NodeOperationError for a wrong key, and where a start whose reply got
 * lost may have arrived
 */
export async function startOnce<Made extends object>(
	context: IExecuteFunctions,
	itemIndex: number,
	rules: StartRules,
	start: (attempt: Attempt) => Promise<Made>,
): Promise<Made> {
	const begun = beginItem(context, itemIndex);
	if (begun.failed || isOutOfDate(begun, rules)) startAnew(begun);
	if (begun.made) return begun.made as Made;
	const key = keyOf(context, itemIndex, rules, begun);
	if (!isSafeToSend(begun, key, rules)) await checkUnsure(context, itemIndex, rules, begun);
	begun.credentials = credentialsOf(context);
	const made = await start(attemptOf(begun, key));
	begun.made = made as IDataObject;
	begun.madeAt = Date.now();
	return made;
}

/** Whether a start cannot be a second one: none got lost, or the provider knows its key again. */
function isSafeToSend(
	{ unsureSince }: Begun,
	key: string | undefined,
	{ keyHours = Infinity }: StartRules,
): boolean {
	if (unsureSince === undefined) return true;
	return key !== undefined && Date.now() - unsureSince < keyHours * 3_600_000;
}

function isOutOfDate({ madeAt }: Begun, { goodForMinutes = Infinity }: StartRules): boolean {
	return madeAt !== undefined && Date.now() - madeAt > goodForMinutes * 60_000;
}

function startAnew(begun: Begun): void {
	begun.attempt += 1;
	for (const field of [
		'key',
		'prepared',
		'sentWith',
		'unsureSince',
		'made',
		'madeAt',
		'job',
		'failed',
		'done',
	] as const) {
		delete begun[field];
	}
}

function keyOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ keys }: StartRules,
	begun: Begun,
): string | undefined {
	if (keys === null) return undefined;
	const key = idempotencyKeyOf(context, itemIndex, keys, whichStart(begun));
	if (!makesKey(context, itemIndex)) return key;
	// a retried execution has another ID, and goes on with the key of the first
	begun.key ??= key;
	return begun.key;
}

/** What tells this start from others of the same run and item. */
function whichStart({ call, attempt, asked }: Begun): unknown[] {
	if (call !== undefined) return [call, asked, attempt];
	return attempt === 0 ? [] : [attempt];
}

function attemptOf(begun: Begun, key: string | undefined): Attempt {
	return {
		key,
		async once(make) {
			begun.prepared ??= await make();
			return begun.prepared;
		},
		forget() {
			delete begun.prepared;
			delete begun.sentWith;
			delete begun.key;
			begun.attempt += 1;
		},
		sameAsBefore(field, value) {
			if (key === undefined) return value;
			begun.sentWith ??= {};
			begun.sentWith[field] ??= value;
			return begun.sentWith[field];
		},
		async send(request) {
			const sentAt = Date.now();
			const sent = request();
			const outcome = await settled(sent);
			if ('failure' in outcome && mayHaveArrived(outcome.failure)) begun.unsureSince ??= sentAt;
			return await sent;
		},
	};
}

/** Whether a request that ended so may have been served all the same. */
function mayHaveArrived(error: unknown): boolean {
	if (!(error instanceof NodeApiError)) return true;
	const status = httpStatusOf(error);
	if (status === undefined) return !connectionFlaw(codeOf(error) ?? null);
	return status < 400 || status >= 500;
}

async function checkUnsure(
	context: IExecuteFunctions,
	itemIndex: number,
	{ provider, startedSince }: StartRules,
	begun: Begun,
): Promise<void> {
	const since = begun.unsureSince! - CLOCK_SKEW_MS;
	const started = await startedSince?.(since);
	const ids = started?.filter((id) => !isOfAnother(context, begun, id));
	if (ids?.length === 0) {
		delete begun.unsureSince;
		return;
	}
	const found = ids ? `It may be one of these: ${safeText(ids.join(', '))}. ` : '';
	throw inputError(context.getNode(), `${provider} may have started this item's job already`, {
		description: `The reply to the first request got lost, so no second one is sent in this execution. ${found}Look with Get Many, and collect the job with Get or Wait and its ID. If there is none, start the workflow anew.`,
		itemIndex,
	});
}
