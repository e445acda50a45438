import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { beginItem, credentialsOf, isOfAnother } from './begun';
import type { Begun } from './begun';
import { connectionFlaw } from '../http/connection';
import { codeOf, httpStatusOf, inputError } from '../core/errors';
import { idempotencyKeyOf, makesKey } from './idempotency';
import type { IdempotencyKeyRules } from './idempotency';
import type { JobProvider } from '../core/provider';
import { settled } from '../core/settled';
import { fieldsSent, hashOf, kept } from './sentFields';
import { safeText } from '../core/safeText';

/** Machines' clocks differ. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** One try to start what an item asks for. */
export interface Attempt {
	/** The idempotency key to send; undefined where none is to be sent. */
	key: string | undefined;
	/** Whether an earlier request with the key may have arrived. */
	isAgain: boolean;
	/** Makes what the start refers to, such as an upload; a retry finds the first one's. */
	once(make: () => Promise<string>): Promise<string>;
	/** Forgets what was made so: the provider does not take it any more. */
	forget(): void;
	/**
	 * What to send under this key: where an earlier request may have arrived, what that one held, as an
	 * expression may give something else by now, such as a link with a newer signature.
	 *
	 * @param fields what a first request is to hold
	 * @throws NodeOperationError where that is another by now and was too long to be kept
	 */
	asBefore<Fields extends object>(fields: Fields): Fields;
	/** Sends the request that starts it; what may have arrived without a reply is kept in mind. */
	send<Reply>(request: () => Promise<Reply>): Promise<Reply>;
}

/** How a provider tells one start from another. */
export interface StartRules {
	/** What it takes for an idempotency key; null where it knows none. */
	keys?: IdempotencyKeyRules | null;
	/** Codes of a refusal that says that another request has come with the key. */
	knownKeyCodes?: string[];
	/** For how many hours it knows a key again; for ever where it does not say. */
	keyHours?: number;
	provider: JobProvider;
	/** How to look for what was made, as a clause, where it is no job. */
	lookup?: string;
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
	const made = await start(attemptOf(context, itemIndex, rules, begun));
	delete begun.sent;
	delete begun.refused;
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
		'sent',
		'refused',
		'unsureSince',
		'made',
		'madeAt',
		'job',
		'missing',
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

function attemptOf(
	context: IExecuteFunctions,
	itemIndex: number,
	rules: StartRules,
	begun: Begun,
): Attempt {
	const currentKey = () => keyOf(context, itemIndex, rules, begun);
	let sending: object = {};
	return {
		get key() {
			return currentKey();
		},
		isAgain: begun.sent !== undefined && currentKey() !== undefined,
		async once(make) {
			begun.prepared ??= await make();
			return begun.prepared;
		},
		forget() {
			delete begun.prepared;
			useAnotherKey(begun);
		},
		asBefore(fields) {
			if (begun.refused !== undefined && begun.refused !== hashOf(fields)) useAnotherKey(begun);
			const before =
				begun.sent && currentKey() !== undefined ? fieldsSent(begun.sent, fields) : fields;
			if (!before) throw unsureError(context, itemIndex, rules, 'It held other values than now. ');
			sending = before;
			return before as typeof fields;
		},
		async send(request) {
			const sentAt = Date.now();
			const sent = request();
			const outcome = await settled(sent);
			if (!('failure' in outcome)) return await sent;
			const { failure } = outcome;
			if (mayHaveArrived(failure, rules)) begun.unsureSince ??= sentAt;
			if (begun.unsureSince === undefined && isFirstTry(failure)) begun.refused = hashOf(sending);
			else begun.sent ??= kept(sending);
			return await sent;
		},
	};
}

/** For another request than the one that was refused: a provider may know the key of that as well. */
function useAnotherKey(begun: Begun): void {
	delete begun.sent;
	delete begun.refused;
	delete begun.key;
	begun.attempt += 1;
}

/** Whether a request that ended so may have been served all the same. */
function mayHaveArrived(error: unknown, { knownKeyCodes = [] }: StartRules): boolean {
	// what the node itself says is about its settings, or about a file that could not be read
	if (error instanceof NodeOperationError) return false;
	if (!(error instanceof NodeApiError)) return true;
	const status = httpStatusOf(error);
	const code = codeOf(error) ?? null;
	if (status === undefined) return !connectionFlaw(code);
	return status < 400 || status >= 500 || knownKeyCodes.includes(code ?? '');
}

/** Whether no earlier try of the same request can have arrived. */
function isFirstTry(error: unknown): boolean {
	return !(error instanceof NodeApiError) || error.context.triesBefore === 0;
}

async function checkUnsure(
	context: IExecuteFunctions,
	itemIndex: number,
	rules: StartRules,
	begun: Begun,
): Promise<void> {
	const since = begun.unsureSince! - CLOCK_SKEW_MS;
	const started = await rules.startedSince?.(since);
	const ids = started?.filter((id) => !isOfAnother(context, begun, id));
	if (ids?.length === 0) {
		delete begun.unsureSince;
		return;
	}
	const found = ids ? `It may be one of these: ${safeText(ids.join(', '))}. ` : '';
	throw unsureError(context, itemIndex, rules, found);
}

function unsureError(
	context: IExecuteFunctions,
	itemIndex: number,
	{ provider, lookup }: StartRules,
	found: string,
): NodeOperationError {
	const { name, listWith, readWith } = provider;
	const look = lookup ?? `Look with ${listWith}, and get the job with ${readWith} and its ID`;
	return inputError(context.getNode(), `${name} may have served this item already`, {
		description: `The reply to the first request got lost, so no second one is sent in this execution. ${found}${look}. If there is none, run the workflow again.`,
		itemIndex,
	});
}
