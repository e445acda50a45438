import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { runIndexOf } from './execution';
import { hashOf } from './sentFields';
import type { SentFields } from './sentFields';
import { isTool } from './toolOutput';

/** A job that somebody waits for. */
export interface SightedJob {
	/** The provider's name. */
	provider: string;
	/** The operations that read it, as the panel names them. */
	readWith: string;
	id: string;
	/** The proof that a guest's job is ours, which nobody can get again. */
	claimToken?: string;
}

/** What one item has begun in this execution. n8n keeps it with the execution's data, as JSON. */
export interface Begun {
	/** What was asked for, as a hash: another question is another job. */
	asked: string;
	/** How many jobs of this item have failed, or were asked for otherwise. */
	attempt: number;
	/** Which call of a tool it is, from 1. */
	call?: number;
	/** The idempotency key of this attempt, where the node has made one. */
	key?: string;
	/** What the start refers to, such as an upload. */
	prepared?: string;
	/** What a request held that may have arrived: the same key has to be sent with it again. */
	sent?: SentFields;
	/** The hash of what a request held that has certainly not been served. */
	refused?: string;
	/** The credentials by which it was started. */
	credentials?: string;
	/** When the start was sent and its reply got lost, in milliseconds since 1970. */
	unsureSince?: number;
	/** The reply to the start. */
	made?: IDataObject;
	/** When it came, in milliseconds since 1970. */
	madeAt?: number;
	/** The job that the item waits for. */
	job?: SightedJob;
	/** Whether the provider has said in an earlier try that the job is not there. */
	missing?: boolean;
	/** Whether the job has ended badly, so that the next try is to start another. */
	failed?: boolean;
	/** Whether the item has its output. */
	done?: boolean;
}

/** Settings that change how the node works, and not what the provider is asked for. */
const OWN_SETTINGS = ['wait', 'simplify', 'files'];
const OWN_OPTIONS = [
	'maxParallel',
	'maxRetries',
	'pollIntervalSeconds',
	'processes',
	'requestsPerMinute',
	'timeoutMinutes',
	'waitUntilReady',
];
/** What n8n writes into the item of a run that it was asked for: another one each time. */
const N8NS_OWN = ['toolCallId'];

// what calls that go on in this process have begun; of a tool's, only what nobody works on is taken up
const underWay = new WeakSet<Begun>();
const current = new WeakMap<IExecuteFunctions, Map<number, Begun>>();

function storeOf(context: IExecuteFunctions): Record<string, Begun> {
	const remembered = context.getContext('node');
	remembered.begun ??= {};
	return remembered.begun as Record<string, Begun>;
}

function placeOf(context: IExecuteFunctions, itemIndex: number): string {
	return `${runIndexOf(context)} ${itemIndex}`;
}

/** What the item has begun in this call of the node; undefined where nothing. */
export function begunBy(context: IExecuteFunctions, itemIndex: number): Begun | undefined {
	return current.get(context)?.get(itemIndex);
}

/**
 * What the item has begun, in this call of the node or in one that n8n made before of the same run:
 * with Retry On Fail, or when somebody retried the execution. A tool's calls have a run each, so there
 * a call that asks for the same as one that failed is its retry.
 */
export function beginItem(context: IExecuteFunctions, itemIndex: number): Begun {
	const asked = askedOf(context, itemIndex);
	const begun = isTool(context)
		? begunByTool(context, asked)
		: begunInRun(context, itemIndex, asked);
	underWay.add(begun);
	if (!current.has(context)) current.set(context, new Map());
	current.get(context)!.set(itemIndex, begun);
	return begun;
}

function begunInRun(context: IExecuteFunctions, itemIndex: number, asked: string): Begun {
	const store = storeOf(context);
	const place = placeOf(context, itemIndex);
	const known = store[place];
	if (known?.asked === asked) return known;
	// another key than that of the question before
	store[place] = { asked, attempt: known ? known.attempt + 1 : 0 };
	return store[place];
}

function begunByTool(context: IExecuteFunctions, asked: string): Begun {
	const store = storeOf(context);
	const failed = Object.values(store).find((one) => one.asked === asked && !underWay.has(one));
	if (failed) return failed;
	const remembered = context.getContext('node');
	const call = ((remembered.toolCalls as number | undefined) ?? 0) + 1;
	remembered.toolCalls = call;
	const begun = { asked, attempt: 0, call };
	store[`tool ${call}`] = begun;
	return begun;
}

/** Says that the item's job has ended badly: a retry starts another. */
export function markFailed(context: IExecuteFunctions, itemIndex: number): void {
	const begun = begunBy(context, itemIndex);
	if (begun) begun.failed = true;
}

/** The same of the first item of another run, which n8n has taken up again in this one. */
export function markRunFailed(context: IExecuteFunctions, runIndex: number): void {
	const begun = storeOf(context)[`${runIndex} 0`];
	if (begun) begun.failed = true;
}

/** Forgets what a run has begun: its item has its output. */
export function forgetRun(context: IExecuteFunctions, runIndex: number): void {
	delete storeOf(context)[`${runIndex} 0`];
}

/** The credentials that the node has, by which a job can be found again. */
export function credentialsOf(context: IExecuteFunctions): string {
	const credentials = Object.values(context.getNode().credentials ?? {});
	return JSON.stringify(credentials.map(({ id }) => id));
}

/**
 * Says that the item's job is not there: with other credentials it is another account's, and one that
 * was missing before, and not only shown late, has been deleted. Both are started anew.
 *
 * @param isSaid whether it is the provider that says so, and nothing in between
 */
export function markGone(context: IExecuteFunctions, itemIndex: number, isSaid: boolean): void {
	const begun = begunBy(context, itemIndex);
	if (!begun) return;
	if (begun.missing || begun.credentials !== credentialsOf(context)) begun.failed = true;
	if (isSaid) begun.missing = true;
}

/** Whether the item's job has been deleted, so that this very try is to start another. */
export function isDeleted(context: IExecuteFunctions, itemIndex: number): boolean {
	const begun = begunBy(context, itemIndex);
	return begun?.failed === true && begun.missing === true;
}

/** Whether another item has started a job, as far as this execution knows. */
export function isOfAnother(context: IExecuteFunctions, begun: Begun, id: string): boolean {
	return Object.values(storeOf(context))
		.filter((other) => other !== begun)
		.some(({ job, made }) => job?.id === id || JSON.stringify(made ?? null).includes(`"${id}"`));
}

/** Says how the node's work on an item has ended. */
export function endItem(context: IExecuteFunctions, itemIndex: number, isDone: boolean): void {
	const begun = begunBy(context, itemIndex);
	if (!begun) return;
	underWay.delete(begun);
	if (!isDone) return;
	begun.done = true;
	if (!isTool(context)) return;
	const store = storeOf(context);
	// the next call that asks for the same wants another job
	for (const place of Object.keys(store)) if (store[place] === begun) delete store[place];
}

/** Forgets what earlier runs of a loop have begun: n8n does not come back to them. */
export function forgetEarlierRuns(context: IExecuteFunctions): void {
	if (isTool(context)) return;
	const store = storeOf(context);
	const run = runIndexOf(context);
	for (const place of Object.keys(store)) if (Number.parseInt(place) < run) delete store[place];
}

/** The jobs of this run that have been started and whose items have no output. */
export function openJobs(context: IExecuteFunctions): SightedJob[] {
	return jobsOf(context, ({ done, failed }) => !done && !failed);
}

/** The jobs of this run that have been started for any item. */
export function startedJobs(context: IExecuteFunctions): SightedJob[] {
	return jobsOf(context, ({ failed }) => !failed);
}

function jobsOf(context: IExecuteFunctions, fits: (begun: Begun) => boolean): SightedJob[] {
	const run = `${runIndexOf(context)} `;
	const ofRun = isTool(context)
		? [...(current.get(context)?.values() ?? [])]
		: Object.entries(storeOf(context))
				.filter(([place]) => place.startsWith(run))
				.map(([, begun]) => begun);
	return ofRun.filter(fits).flatMap(({ job }) => job ?? []);
}

/**
 * What an item asks the provider for, as a hash of the node's settings and the item. The settings as
 * they are written: what they come to may hold the time.
 */
function askedOf(context: IExecuteFunctions, itemIndex: number): string {
	const { json = {}, binary = {} } = context.getInputData()[itemIndex] ?? {};
	const files = Object.entries(binary).map(([field, { fileName, mimeType, id, data }]) => [
		field,
		fileName,
		mimeType,
		id ?? hashOf(data),
	]);
	const { options, ...settings } = context.getNode().parameters;
	const asked = [
		entriesOf(settings, OWN_SETTINGS),
		entriesOf(options, OWN_OPTIONS),
		entriesOf(json, N8NS_OWN),
		files,
	];
	return hashOf(asked);
}

function entriesOf(fields: unknown, without: string[]): unknown {
	if (fields === null || typeof fields !== 'object') return fields ?? null;
	return Object.entries(fields)
		.filter(([name]) => !without.includes(name))
		.sort(([one], [other]) => (one < other ? -1 : 1));
}
