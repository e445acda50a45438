import type {
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IPairedItemData,
	NodeOutput,
} from 'n8n-workflow';

import { errorItem, inputError } from '../core/errors';
import { disagreementOf, explainFile } from '../files/fileDisagreement';
import { inSight } from '../operation/inSight';
import {
	endParking,
	failParking,
	isAskedRun,
	nextLook,
	parkedJobOf,
	parkFor,
	parkNow,
	replaceFailedParking,
	restoreOrigin,
	timeLimitOf,
} from './parking';
import type { ParkedJob } from './parking';
import { passesByItself } from '../http/passing';
import type { Provider } from '../core/provider';
import { canReach } from '../http/reach';
import { isTool } from '../operation/toolOutput';
import { isFinished } from '../transcript/transcript';
import type { TranscriptStatus } from '../transcript/transcript';
import { timeLimitError, waitSettings } from './wait';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How an operation waits for a provider that calls back. */
export interface CallbackWaiting<Job = IDataObject> {
	provider: Provider;
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
	const { output, error } = await outcomeOf(async () => {
		const parked = parkedJobOf(context) ?? (await startJob(context, waiting, response));
		({ disagreement } = parked);
		const job = { ...parked, ...waitSettings(context, 0, parked.pollIntervalSeconds) };
		const { id } = job;
		return await inSight(
			context,
			0,
			waiting.provider,
			{ id },
			async () => await look(context, waiting, job),
		);
	});
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
			description:
				'The job goes on with the provider. Find it with Get Many, then use Wait with its ID.',
		});
	}
	checkPlace(context, response);
	const callbackUrl = await callbackUrlOf(context, waiting.provider);
	const disagreement = await disagreementOf(context, 0);
	const started = await waiting.start(context, callbackUrl);
	return { ...started, startedAt: Date.now(), disagreement };
}

async function look<Job>(
	context: IExecuteFunctions,
	waiting: CallbackWaiting<Job>,
	parked: ParkedJob,
): Promise<NodeOutput> {
	const isOver = Date.now() >= timeLimitOf(parked);
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
	const { output, error } = await outcomeOf(async () => await waiting.read(context, parked.id));
	if (error !== undefined && (isOver || !passesByItself(error, true))) throw error;
	return output;
}

/** What only one item, in an execution that can be parked, can do. */
function checkPlace(context: IExecuteFunctions, response: EngineResponse | undefined): void {
	const refuse = (message: string, description: string) => {
		throw inputError(context.getNode(), message, { description });
	};
	if (isTool(context)) {
		refuse(
			'A tool cannot wait for a callback',
			'An agent waits for its tools. Set Wait to Do Not Wait, and give the agent a tool that looks at the job.',
		);
	}
	const items = context.getInputData().length;
	if (items > 1) {
		refuse(
			`Only one item an execution can wait for a callback, and there are ${items}`,
			'An execution is parked as a whole. Start one execution for each item: Loop Over Items with Execute Sub-workflow, as the template "Compare providers" (compare-providers.json) fans out. Or set Wait to Until Finished, which takes many items.',
		);
	}
	if (context.getNode().alwaysOutputData) {
		refuse(
			'Always Output Data does not go with waiting for a callback',
			"Turn it off in the node's settings: n8n would go on with an empty item as well.",
		);
	}
	if (isOnSecondEngine(context)) {
		refuse(
			'Engine 2.0 of n8n cannot wait for a callback',
			'It cannot run the node again afterwards. Take engineType out of the settings of the workflow, or set Wait to Until Finished.',
		);
	}
	if (response === undefined || !hasSignedAddress(context)) {
		refuse(
			'This n8n is too old to wait for a callback',
			'Update n8n to version 2.15 or newer, or set Wait to Until Finished.',
		);
	}
	if (!context.getExecuteData().source?.main?.[0]) {
		refuse(
			'Waiting for a callback needs a node before this one',
			'n8n cannot run the first node of a workflow again. Connect a trigger before the node, or set Wait to Until Finished.',
		);
	}
}

function resumeUrlOf(context: IExecuteFunctions): string {
	return (context.getWorkflowDataProxy(0).$execution as { resumeUrl: string }).resumeUrl;
}

/**
 * Whether the execution's address holds the token that n8n knows its caller by. Those n8n that give
 * none lose parked executions in loops, and with the order of execution of n8n 0.
 */
function hasSignedAddress(context: IExecuteFunctions): boolean {
	return new URL(resumeUrlOf(context)).searchParams.has('signature');
}

/**
 * Whether the workflow runs on n8n's second engine. It tells a node nothing of the workflow's
 * settings, but its executions have a UUID for an ID, where those of the first are numbered.
 */
function isOnSecondEngine(context: IExecuteFunctions): boolean {
	const settings = 'getWorkflowSettings' in context ? context.getWorkflowSettings() : {};
	const { engineType } = settings as { engineType?: string };
	return engineType === 'v2' || UUID.test(context.getExecutionId());
}

async function callbackUrlOf(context: IExecuteFunctions, provider: Provider): Promise<string> {
	const resumeUrl = resumeUrlOf(context);
	if (await canReach(context, provider, resumeUrl)) return resumeUrl;
	throw inputError(
		context.getNode(),
		`${provider.name} cannot call this n8n back: its address is ${new URL(resumeUrl).origin}`,
		{
			description:
				'Set the environment variable WEBHOOK_URL of n8n to the address by which it is reached from the internet, or set Wait to Until Finished.',
			itemIndex: 0,
		},
	);
}
