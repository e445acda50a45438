import type {
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IPairedItemData,
	NodeOutput,
} from 'n8n-workflow';

import { errorItem, inputError } from '../../shared/core/errors';
import { disagreementOf, explainFile } from '../../shared/files/fileDisagreement';
import { inSight, saysGone } from '../../shared/operation/inSight';
import { noteEnded, noteUnderWay } from '../../shared/operation/jobsUnderWay';
import {
	endParking,
	failParking,
	isAskedRun,
	nextLook,
	noteMissing,
	parkedJobOf,
	parkFor,
	parkNow,
	replaceFailedParking,
	restoreOrigin,
	timeLimitOf,
} from './parking';
import type { ParkedJob } from './parking';
import { callbackUrlOf, checkPlace } from './place';
import { UNTIL_CALLED_BACK } from './waitField';
import { asLook } from '../../shared/http/outlasting';
import { isDatabaseAway } from '../../shared/core/databaseAway';
import { passesByItself } from '../../shared/http/passing';
import type { JobProvider } from '../../shared/core/provider';
import { isFinished } from '../../shared/transcript/transcript';
import type { TranscriptStatus } from '../../shared/transcript/transcript';
import { timeLimitError, waitSettings } from '../../shared/wait/wait';

/** How an operation waits for a provider that calls back. */
export interface CallbackWaiting<Job = IDataObject> {
	provider: JobProvider;
	/**
	 * Starts the job of the one item.
	 *
	 * @param callbackUrl where the provider is to report its end
	 */
	start(
		context: IExecuteFunctions,
		callbackUrl: string,
	): Promise<Omit<ParkedJob, 'startedAt' | 'disagreement'>>;
	/** Asks the provider for the job as it is now. */
	read(context: IExecuteFunctions, id: string): Promise<Job>;
	/** Where the job stands. */
	statusOf(job: Job): TranscriptStatus;
	/**
	 * The output for a job that has ended.
	 *
	 * @throws NodeApiError where it failed
	 */
	outputOf(context: IExecuteFunctions, job: Job, parked: ParkedJob): Promise<INodeExecutionData>;
}

/**
 * Whether the run waits for a callback: any of its items asks for that, or the run before parked.
 *
 * @returns false where the operation is to work item by item
 */
export function waitsForCallback(context: IExecuteFunctions): boolean {
	return isAskedRun(context) || context.getInputData().some((_, item) => asksFor(context, item));
}

function asksFor(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter('wait', itemIndex, 'poll') === UNTIL_CALLED_BACK.value;
}

/**
 * Starts a job and parks the execution until the provider has called back. However the execution
 * goes on, the job is read by its id; where it has not ended, the execution is parked again, until
 * its time limit. The settings of each run count, and a job that failed is started anew where n8n
 * runs the node once more.
 *
 * @param response what n8n gives a node's `execute`; undefined in versions that cannot run a node again
 * @throws NodeOperationError where n8n or the workflow cannot wait so, before any request, and at the
 * time limit; the errors of starting, reading and of a job that failed
 */
export async function runUntilCalledBack<Job>(
	context: IExecuteFunctions,
	waiting: CallbackWaiting<Job>,
	response: EngineResponse | undefined,
): Promise<NodeOutput> {
	const parkedOutput = await parkNow(context);
	if (parkedOutput) return parkedOutput;
	let disagreement: string | undefined;
	const lookOrStart = async () => {
		const parked = parkedJobOf(context) ?? (await startJob(context, waiting, response));
		({ disagreement } = parked);
		const job = { ...parked, ...waitSettings(context, 0, parked.pollIntervalSeconds) };
		const { id } = job;
		return await inSight(context, 0, waiting.provider, { id, isOwn: true }, async (sighted) => {
			const { output, error } = await outcomeOf(async () => await look(context, waiting, job));
			// n8n may lose a parked execution's data, where a process dies as it goes on
			const isUnderWay = output ? !isEnd(output) : parkedJobOf(context) !== undefined;
			if (isUnderWay) noteUnderWay(context, sighted);
			else noteEnded(context, sighted);
			if (!output) throw error;
			return output;
		});
	};
	const first = await outcomeOf(lookOrStart);
	const isToStartAnew = saysGone(first.error, waiting.provider) && noteMissing(context);
	const { output, error } = isToStartAnew ? await outcomeOf(lookOrStart) : first;
	if (output) return output;
	await explainFile(context, 0, error, disagreement);
	if (!context.continueOnFail()) throw error;
	const items = context.getInputData();
	return [
		items.map((_, itemIndex) =>
			Object.assign(errorItem(context.getNode(), error, itemIndex), {
				pairedItem: originOf(context, itemIndex),
			}),
		),
	];
}

/** Whether the node has its output, and asks for no other run. */
function isEnd(output: NodeOutput): boolean {
	return Array.isArray(output);
}

function originOf(context: IExecuteFunctions, item: number): IPairedItemData {
	const sourceOverwrite = restoreOrigin(context);
	return { item, ...(sourceOverwrite && { sourceOverwrite }) };
}

async function outcomeOf<Output>(
	work: () => Promise<Output>,
): Promise<{ output?: Output; error?: unknown }> {
	try {
		return { output: await work() };
	} catch (error) {
		return { error };
	}
}

async function startJob<Job>(
	context: IExecuteFunctions,
	waiting: CallbackWaiting<Job>,
	response: EngineResponse | undefined,
): Promise<ParkedJob> {
	if (!replaceFailedParking(context) && isAskedRun(context)) {
		// never start a second job where the first got out of sight
		throw inputError(context.getNode(), 'n8n has lost sight of the job that it waited for', {
			description: `The job keeps running at the provider. Find it with ${waiting.provider.listWith}, then use ${waiting.provider.readWith} with its ID.`,
		});
	}
	checkPlace(context, response);
	const callbackUrl = await callbackUrlOf(context, waiting.provider);
	const disagreement = await disagreementOf(context, 0);
	const started = await waiting.start(context, callbackUrl);
	return { ...started, startedAt: Date.now(), disagreement };
}

/** Looks at the job, and parks for a later look where it has not ended, or n8n's database was away meanwhile. */
async function look<Job>(
	context: IExecuteFunctions,
	waiting: CallbackWaiting<Job>,
	parked: ParkedJob,
): Promise<NodeOutput> {
	const isOver = Date.now() >= timeLimitOf(parked);
	const { output, error } = await outcomeOf(
		async () => await lookNow(context, waiting, parked, isOver),
	);
	if (output) return output;
	if (isOver || !isDatabaseAway(error)) throw error;
	return parkFor(context, parked, nextLook(parked));
}

async function lookNow<Job>(
	context: IExecuteFunctions,
	waiting: CallbackWaiting<Job>,
	parked: ParkedJob,
	isOver: boolean,
): Promise<NodeOutput> {
	const job = await readOrLater(context, waiting, parked, isOver);
	const status = job === undefined ? 'processing' : waiting.statusOf(job);
	if (job !== undefined && isFinished({ status })) {
		if (status === 'failed') failParking(context);
		const output = await waiting.outputOf(context, job, parked);
		endParking(context);
		return [[{ ...output, pairedItem: originOf(context, 0) }]];
	}
	if (!isOver) return parkFor(context, parked, nextLook(parked));
	throw timeLimitError(context, 0, {
		provider: waiting.provider.name,
		readWith: waiting.provider.readWith,
		id: parked.id,
		status,
		timeoutMinutes: parked.timeoutMinutes,
	});
}

/** The job; undefined where the provider is away and there is time to look again. */
async function readOrLater<Job>(
	context: IExecuteFunctions,
	waiting: CallbackWaiting<Job>,
	parked: ParkedJob,
	isOver: boolean,
): Promise<Job | undefined> {
	const read = async () => await waiting.read(context, parked.id);
	const { output, error } = await outcomeOf(async () => await asLook(context, 0, read));
	if (error !== undefined && (isOver || !passesByItself(error, true))) throw error;
	return output;
}
