import type { EngineRequest, IDataObject, IExecuteFunctions, NodeOutput } from 'n8n-workflow';

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
}

interface Parking {
	job: ParkedJob;
	/** Set until the execution is parked: when n8n is to go on by itself. */
	until?: number;
}

const LONGEST_PAUSE_SECONDS = 60 * 60;

function parkingsOf(context: IExecuteFunctions): Record<string, Parking | undefined> {
	const remembered = context.getContext('node');
	remembered.parkings ??= {};
	return remembered.parkings as Record<string, Parking | undefined>;
}

function runOf(context: IExecuteFunctions): string {
	return String(context.getWorkflowDataProxy(0).$runIndex);
}

/** The job that this run of the node waits for; undefined where it has started none. */
export function parkedJobOf(context: IExecuteFunctions): ParkedJob | undefined {
	return parkingsOf(context)[runOf(context)]?.job;
}

/** Remembers nothing of this run any more. */
export function forgetParking(context: IExecuteFunctions): void {
	delete parkingsOf(context)[runOf(context)];
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
	parkingsOf(context)[runOf(context)] = { job, until };
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
	const parking = parkingsOf(context)[runOf(context)];
	if (parking?.until === undefined) return undefined;
	const until = new Date(parking.until);
	delete parking.until;
	context.getContext('node').parkedJobId = parking.job.id;
	const due = context.getExecuteData();
	// what n8n passes on when it goes on
	due.data.main?.[0]?.splice(0);
	// n8n turns this node off to go on, and must leave it on for the run that follows
	due.node = { ...due.node };
	await context.putExecutionToWait(until);
	return [[]];
}

/** The expression that gives a parked node's job in its webhook. */
export function parkedJobExpression(nodeName: string): string {
	return `{{ $node[${JSON.stringify(nodeName)}].context.parkedJobId }}`;
}
