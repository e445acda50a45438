import type {
	EngineRequest,
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INode,
	ISourceData,
	NodeOutput,
} from 'n8n-workflow';

import { forgetRun, isDeleted, markRunFailed } from '../../shared/operation/begun';
import { runIndexOf } from '../../shared/operation/execution';

/** A job that an execution waits for, kept with the execution's data. */
export interface ParkedJob {
	id: string;
	/** When it was started, in milliseconds since 1970. */
	startedAt: number;
	timeoutMinutes: number;
	/** Seconds to the first look at a job that nobody reports on. */
	pollIntervalSeconds: number;
	/** What the output takes from the time when it was started. */
	memo: IDataObject;
	/** Where its file's name and contents disagree, that: the file is not at hand when it has ended. */
	disagreement?: string;
}

interface Parking {
	job: ParkedJob;
	/** The run of the node, within its execution, that started the job. */
	runIndex: number;
	/** Set until the execution is parked: when n8n is to go on by itself. */
	until?: number;
	/** Whether the provider has said in an earlier try that the job is not there. */
	missing?: boolean;
	/** Whether the job has ended badly, so that a retry is to start another. */
	failed?: boolean;
	/** The item's files, for that: n8n does not hand them to the runs that it is asked for. */
	binary?: IBinaryKeyData;
}

const LONGEST_PAUSE_SECONDS = 60 * 60;

// by the job's id
function parkingsOf(context: IExecuteFunctions): Record<string, Parking> {
	const remembered = context.getContext('node');
	remembered.parkings ??= {};
	return remembered.parkings as Record<string, Parking>;
}

// of the two runs that follow a request, n8n gives one the request's id and the other the run's number
function parkingOf(context: IExecuteFunctions): Parking | undefined {
	const parkings = parkingsOf(context);
	const id = context.getInputData()[0]?.json.toolCallId;
	if (typeof id === 'string' && Object.hasOwn(parkings, id)) return parkings[id];
	const runIndex = runIndexOf(context);
	return Object.values(parkings).find((parking) => parking.runIndex === runIndex);
}

/** The job that this run of the node waits for; undefined where it has started none. */
export function parkedJobOf(context: IExecuteFunctions): ParkedJob | undefined {
	const parking = parkingOf(context);
	return parking?.failed ? undefined : parking?.job;
}

/** Says that this run's job has ended badly: a retry starts another. */
export function failParking(context: IExecuteFunctions): void {
	const parking = parkingOf(context);
	if (parking) parking.failed = true;
}

/**
 * Says that this run's job is not there.
 *
 * @returns whether it was not there before either, so that another is to be started
 */
export function noteMissing(context: IExecuteFunctions): boolean {
	const parking = parkingOf(context);
	if (!parking) return isDeleted(context, 0);
	if (parking.missing) parking.failed = true;
	parking.missing = true;
	return parking.failed === true;
}

/**
 * Makes way for another job in place of one that failed.
 *
 * @returns whether there was one that failed
 */
export function replaceFailedParking(context: IExecuteFunctions): boolean {
	const parking = parkingOf(context);
	if (!parking?.failed) return false;
	const [item] = context.getInputData();
	if (item && parking.binary) item.binary ??= parking.binary;
	delete parkingsOf(context)[parking.job.id];
	markRunFailed(context, parking.runIndex);
	return true;
}

/** The item's files that n8n has stored, which are short to name; others would be kept twice. */
function storedFilesOf(context: IExecuteFunctions): IBinaryKeyData | undefined {
	const { binary = {} } = context.getInputData()[0] ?? {};
	const stored = Object.entries(binary).filter(([, { id }]) => id !== undefined);
	return stored.length === 0 ? undefined : Object.fromEntries(stored);
}

/** Whether n8n runs the node because it asked for that, so that it has a job already. */
export function isAskedRun(context: IExecuteFunctions): boolean {
	const { metadata, source } = context.getExecuteData();
	const previous = source?.main?.[0]?.previousNode;
	const isOwn = previous === context.getNode().name && metadata?.preserveSourceOverwrite === true;
	return isOwn || metadata?.nodeWasResumed === true;
}

/**
 * Where the item of this run comes from, in place of the run that asked for it.
 *
 * @returns undefined in a run that nobody asked for
 */
export function restoreOrigin(context: IExecuteFunctions): ISourceData | undefined {
	const due = context.getExecuteData();
	const origin = due.metadata?.preservedSourceOverwrite;
	// n8n looks here for the item that an error is about
	if (origin) due.source = { main: [origin] };
	return origin;
}

/** Remembers nothing of a run that has its output: a loop's execution would grow with each round. */
export function endParking(context: IExecuteFunctions): void {
	const parking = parkingOf(context);
	if (!parking) return;
	delete parkingsOf(context)[parking.job.id];
	forgetRun(context, parking.runIndex);
}

/**
 * When to look at a job that nobody reports on, in milliseconds since 1970: when its age has doubled,
 * at least after its interval, at most after an hour, and at its time limit.
 */
export function nextLook(job: ParkedJob, now = Date.now()): number {
	const age = (now - job.startedAt) / 1000;
	const longest = Math.max(job.pollIntervalSeconds, LONGEST_PAUSE_SECONDS);
	const pause = Math.min(Math.max(age, job.pollIntervalSeconds), longest);
	return Math.min(now + pause * 1000, timeLimitOf(job));
}

/** When to give a job up, in milliseconds since 1970. */
export function timeLimitOf({ startedAt, timeoutMinutes }: ParkedJob): number {
	return startedAt + timeoutMinutes * 60_000;
}

/**
 * Asks n8n to park the execution for a job, and to run the node once more afterwards.
 *
 * n8n never goes on inside a node that parked: called back or at its time, it passes on what it holds
 * for the node's input. So the node asks n8n for one more run of itself, as an agent asks for a run
 * of a tool. Of the two runs that are due then, the first parks, with nothing to pass on
 * (`parkNow`), and the second finds the job and reads it.
 *
 * @param until when n8n goes on by itself, in milliseconds since 1970
 * @returns what the node has to give n8n for its output
 */
export function parkFor(context: IExecuteFunctions, job: ParkedJob, until: number): EngineRequest {
	const { runIndex = runIndexOf(context), binary = storedFilesOf(context) } =
		parkingOf(context) ?? {};
	parkingsOf(context)[job.id] = { job, runIndex, until, binary };
	// the run afterwards would take the first output of the node before for the item's origin
	const { metadata, source } = context.getExecuteData();
	const origin = metadata?.preservedSourceOverwrite ?? source?.main?.[0] ?? undefined;
	context.setMetadata({ preserveSourceOverwrite: true, preservedSourceOverwrite: origin });
	return {
		actions: [
			{
				actionType: 'ExecutionNodeAction',
				nodeName: context.getNode().name,
				input: {},
				type: 'main',
				id: job.id,
				metadata: {},
			},
		],
		metadata: {},
	};
}

/**
 * Parks the execution where the run before asked for that.
 *
 * @returns the node's output, which is empty; undefined where nobody asked
 */
export async function parkNow(context: IExecuteFunctions): Promise<NodeOutput | undefined> {
	const parking = parkingOf(context);
	if (parking?.until === undefined) return undefined;
	const until = new Date(parking.until);
	delete parking.until;
	context.getContext('node').parkedJobId = parking.job.id;
	const due = context.getExecuteData();
	// n8n passes on what is in here when it goes on: nothing, not even an empty list
	due.data.main = [];
	due.node = nodeThatParks(due.node);
	await context.putExecutionToWait(until);
	return [[]];
}

/**
 * The node for the run that parks: n8n turns it off to go on, and must leave the node on for the run that
 * follows. It is stored under another name. A retry with the workflow as it is saved puts the node of that
 * workflow in the place of both, so that both would be off, and the node's input would pass for its
 * transcript: n8n finds no node of this name, and refuses. A retry with the original workflow goes on.
 */
function nodeThatParks(node: INode): INode {
	const name = `${node.name} (it waits for its job: retry with original workflow)`;
	return Object.defineProperty({ ...node }, 'toJSON', { value: () => ({ ...node, name }) });
}

/** The expression that gives a parked node's job in its webhook. */
export function parkedJobExpression(nodeName: string): string {
	return `{{ $node[${JSON.stringify(nodeName)}].context.parkedJobId }}`;
}
