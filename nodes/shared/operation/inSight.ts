import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

import { begunBy, markGone, openJobs, startedJobs } from './begun';
import type { SightedJob } from './begun';
import { noteUnderWay } from './jobsUnderWay';
import { secretsOf } from '../core/credential';
import { codeOf, inputError, refusalStatusOf } from '../core/errors';
import { cancelSignalOf } from '../core/provider';
import type { JobProvider } from '../core/provider';
import { safeText } from '../core/safeText';

/** What a provider answers about a job that is not there any more. */
const GONE = [404, 410];
const GONE_ADVICE =
	'If it was deleted: a retry looks once more, and starts another where it is still not there.';

type KnownError = NodeApiError | NodeOperationError;

/**
 * Does what follows the start of a job: whatever ends it, the job's ID stays in sight. It is in the
 * message of every error, and where n8n drops the message, as it does when the execution is stopped,
 * in the execution's custom data.
 *
 * @param job.isOwn whether the node has started it, where another run of it has
 * @param work gets the job as it may be shown
 * @throws what `work` throws, with the job's ID in its message and how to get on in its description
 */
export async function inSight<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	provider: JobProvider,
	{ id, claimToken, isOwn }: { id: string; claimToken?: string; isOwn?: boolean },
	work: (job: SightedJob) => Promise<T>,
): Promise<T> {
	const secrets = await secretsOf(context, provider, itemIndex).catch(() => []);
	const { name, readWith } = provider;
	const job = { provider: name, readWith, id: safeText(id, secrets), claimToken };
	const begun = begunBy(context, itemIndex);
	if (begun) begun.job = { provider: name, readWith, id: job.id };
	const signal = cancelSignalOf(context);
	// those whose items have their output as well: n8n drops it with the rest
	const note = () => [job, ...startedJobs(context)].forEach((one) => noteUnderWay(context, one));
	signal?.addEventListener('abort', note, { once: true });
	try {
		return await work(job);
	} catch (error) {
		throw signal?.aborted
			? stoppedError(context, [job])
			: withJob(context, itemIndex, error, job, { provider, isOwn });
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
	const started = startedJobs(context);
	const isTold = first !== undefined && started.length === 1;
	if (started.length === 0 || isTold) return first ?? signal.reason;
	const open = openJobs(context);
	const openIds = open.map(({ id }) => id);
	const ended = started.filter(({ id }) => !openIds.includes(id));
	return stoppedError(context, open, ended);
}

/** Adds to the error that stops the node the jobs of its other items, which have no output now. */
export function withNeighbours(context: IExecuteFunctions, error: unknown): unknown {
	if (!(error instanceof NodeApiError || error instanceof NodeOperationError)) return error;
	const { jobId } = error.context;
	const others = startedJobs(context).filter(({ id }) => id !== jobId);
	const [other] = others;
	if (!other) return error;
	error.context.otherJobIds = others.map(({ id }) => id);
	const ids = safeText(others.map(({ id }) => id).join(', '));
	const words = `Other items have the jobs ${ids}: n8n's Retry continues with them, and so does ${other.readWith} with an ID.`;
	error.description = [error.description, words].filter(Boolean).join(' ');
	return error;
}

/** An execution that was stopped: by a user, by its time limit, or with n8n. */
function stoppedError(
	context: IExecuteFunctions,
	open: SightedJob[],
	ended: SightedJob[] = [],
): NodeOperationError {
	const [first] = [...open, ...ended];
	const advice = first ? `Nothing is lost. Use ${first.readWith} with the ID of a job.` : '';
	const others = ended.length === 0 ? '' : ` Jobs that have ended: ${idsOf(ended)}.`;
	const error = inputError(context.getNode(), stoppedMessage(open), {
		description: `${advice}${others}`,
	});
	return noted(error, first);
}

function stoppedMessage(open: SightedJob[]): string {
	const [first] = open;
	if (!first) return 'Execution canceled: the jobs that it has started have ended';
	return open.length === 1
		? `Execution canceled: job ${idsOf(open)} keeps running at ${first.provider}`
		: `Execution canceled: ${open.length} jobs go on with ${first.provider}: ${idsOf(open)}`;
}

function idsOf(jobs: SightedJob[]): string {
	return safeText(jobs.map(({ id }) => id).join(', '));
}

/** An error that names the job, whatever it is. */
function withJob(
	context: IExecuteFunctions,
	itemIndex: number,
	error: unknown,
	job: SightedJob,
	{
		provider,
		isOwn = begunBy(context, itemIndex) !== undefined,
	}: {
		provider: JobProvider;
		isOwn?: boolean;
	},
): KnownError {
	const known = knownError(context, itemIndex, error);
	const isSaid = saysGone(known, provider);
	if (isGone(known)) markGone(context, itemIndex, isSaid);
	const { id } = job;
	const saysIt = known.context.jobId !== undefined || known.message.includes(id);
	if (!saysIt) {
		known.message = beforeItemNumber(known.message, ` (job ${id})`);
		known.description = [known.description, adviceFor(known, job)].filter(Boolean).join(' ');
		if (isSaid && isOwn) known.description += ` ${GONE_ADVICE}`;
	}
	return noted(known, job);
}

function adviceFor(error: KnownError, { provider, readWith, id }: SightedJob): string {
	if (isGone(error)) return `The job has the ID ${id}.`;
	return `The job ${id} keeps running at ${provider}; use ${readWith} with its ID.`;
}

/** Whether it is the provider that says that a job is not there, and nothing in between. */
export function saysGone(error: unknown, { goneCodes }: JobProvider): boolean {
	return GONE.includes(refusalStatusOf(error) ?? 0) && goneCodes.includes(codeOf(error) ?? '');
}

function isGone(error: KnownError): boolean {
	return GONE.includes(refusalStatusOf(error) ?? 0);
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
