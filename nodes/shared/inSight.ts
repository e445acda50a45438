import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { begunBy, openJobs, startedJobs } from './begun';
import type { SightedJob } from './begun';
import { secretsOf } from './credential';
import { httpStatusOf, inputError } from './errors';
import { cancelSignalOf } from './provider';
import type { Provider } from './provider';
import { safeText } from './safeText';

/** Names among an execution's custom data, which n8n keeps of an execution that is stopped. */
const JOBS_KEY = 'jobs_under_way';
const TOKENS_KEY = 'claim_tokens';

/** What a provider answers about a job that is not there any more. */
const GONE = [404, 410];

type KnownError = NodeApiError | NodeOperationError;

/**
 * Does what follows the start of a job: whatever ends it, the job's ID stays in sight. It is in the
 * message of every error, and where n8n drops the message, as it does when the execution is stopped,
 * in the execution's custom data.
 *
 * @param work gets the job as it may be shown
 * @throws what `work` throws, with the job's ID in its message and how to get on in its description
 */
export async function inSight<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	provider: Provider,
	{ id, claimToken }: Omit<SightedJob, 'provider'>,
	work: (job: SightedJob) => Promise<T>,
): Promise<T> {
	const secrets = await secretsOf(context, provider, itemIndex).catch(() => []);
	const job = { provider: provider.name, id: safeText(id, secrets), claimToken };
	const begun = begunBy(context, itemIndex);
	if (begun) begun.job = { provider: job.provider, id: job.id };
	const signal = cancelSignalOf(context);
	const note = () => noteJob(context, job);
	signal?.addEventListener('abort', note, { once: true });
	try {
		return await work(job);
	} catch (error) {
		throw signal?.aborted ? stoppedError(context, [job]) : withJob(context, itemIndex, error, job);
	} finally {
		signal?.removeEventListener('abort', note);
	}
}

/**
 * What a node throws when its execution was stopped: the jobs that go on all the same.
 *
 * @param first what its first item ended with
 */
export function stopped(context: IExecuteFunctions, first: unknown, signal: AbortSignal): unknown {
	const open = openJobs(context);
	if (open.length > 1 || (open.length === 1 && first === undefined)) {
		return stoppedError(context, open);
	}
	return first ?? signal.reason;
}

/** Adds to the error that stops the node the jobs of its other items, which have no output now. */
export function withNeighbours(context: IExecuteFunctions, error: unknown): unknown {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return error;
	const { jobId } = error.context;
	const others = startedJobs(context).filter(({ id }) => id !== jobId);
	if (others.length === 0) return error;
	error.context.otherJobIds = others.map(({ id }) => id);
	const ids = safeText(others.map(({ id }) => id).join(', '));
	const words = `Other items have the jobs ${ids}: n8n's Retry goes on with them, and Get or Wait with an ID.`;
	error.description = [error.description, words].filter(Boolean).join(' ');
	return error;
}

/** An execution that was stopped: by a user, by its time limit, or with n8n. */
function stoppedError(context: IExecuteFunctions, jobs: SightedJob[]): NodeOperationError {
	const [first] = jobs;
	const ids = safeText(jobs.map(({ id }) => id).join(', '));
	const who = first ? first.provider : 'the provider';
	const message =
		jobs.length === 1
			? `Execution canceled: job ${ids} goes on with ${who}`
			: `Execution canceled: ${jobs.length} jobs go on with ${who}: ${ids}`;
	const error = inputError(context.getNode(), message, {
		description: 'Nothing is lost. Use the Get or Wait operation with the ID of a job.',
	});
	return noted(error, first);
}

/** An error that names the job, whatever it is. */
function withJob(
	context: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
	job: SightedJob,
): KnownError {
	const known = knownError(context, itemIndex, error);
	const { id } = job;
	const saysIt = known.context.jobId !== undefined || known.message.includes(id);
	if (!saysIt) {
		known.message = beforeItemNumber(known.message, ` (job ${id})`);
		known.description = [known.description, adviceFor(known, job)].filter(Boolean).join(' ');
	}
	return noted(known, job);
}

function adviceFor(error: KnownError, { provider, id }: SightedJob): string {
	const isGone = GONE.includes(httpStatusOf(error) ?? 0);
	if (isGone) return `The job has the ID ${id}.`;
	return `The job ${id} goes on with ${provider}; use the Get or Wait operation with its ID.`;
}

function knownError(context: IExecuteFunctions, itemIndex: number, error: unknown): KnownError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const message = error instanceof Error ? error.message : String(error);
	return inputError(context.getNode(), safeText(message), { itemIndex });
}

function beforeItemNumber(message: string, words: string): string {
	const [, said, itemNumber = ''] = /^(.*?)( \[item \d+\])?$/s.exec(message) ?? [];
	return `${said}${words}${itemNumber}`;
}

/** An error with what workflows can read of its job. */
function noted<Noted extends KnownError>(error: Noted, job: SightedJob | undefined): Noted {
	if (job) error.context.jobId = job.id;
	// in the details alone: a message goes into logs and notifications
	if (job?.claimToken) error.context.claimToken = job.claimToken;
	return error;
}

/** Writes the job into the custom data of the execution that is being stopped. */
function noteJob(context: IExecuteFunctions, { provider, id, claimToken }: SightedJob): void {
	addCustomData(context, JOBS_KEY, `${provider} ${id}`);
	if (claimToken) addCustomData(context, TOKENS_KEY, claimToken);
}

interface CustomData {
	get(name: string): string | undefined;
	set(name: string, value: string): void;
}

function addCustomData(context: IExecuteFunctions, name: string, value: string): void {
	const execution = context.getWorkflowDataProxy(0).$execution as { customData?: CustomData };
	const { customData } = execution;
	const known = customData?.get(name);
	customData?.set(name, known ? `${known}, ${value}` : value);
}
