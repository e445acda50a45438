import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lookUntil } from '../../../dev/lookUntil';
import { UNDER_WAY } from '../../../dev/n8n/executions';
import type { Execution } from '../../../dev/n8n/types';
import { type TranscriptRequest, transcriptOf } from '../../../dev/simulator/scriptivox/transcript';
import { FAULT_KINDS } from './faultSchedule';
import type { FaultSubject, FaultyProvider, SubjectOptions } from './faultSubject';
import { faultyScriptivox } from './faultyScriptivox';
import { callMany, publish, webhookNode } from '../workflows/published';
import { FAILED_JOBS, publishFailedJobs } from '../templates/failedJobs';
import { Gallery } from '../templates/gallery';
import { until } from '../basics/until';
import { byHand, nodeOf, outputOf, rowOf, textFiles } from '../workflows/workflows';

const TYPE = 'scriptivoxApi';
const PATH = 'park';
const NAME = 'Parked';
/** In place of 15: what n8n calls crashed is retried once it has been so for as long. */
const FIRST_RETRY_MINUTES = 1;
/** Longer than from one look of the template to the next. */
const NOTED_WITHIN_SECONDS = 330;
const SOLVED = 'solved by a retry';
const PARKED_WITHIN_SECONDS = 180;
const RESTARTED_WITHIN_SECONDS = 120;
/** The first job ends after so long, when all are parked; each further one a little later. */
const FIRST_JOB_SECONDS = 60;
const STEP_SECONDS = 0.5;
const FAILED = ['error', 'crashed', 'canceled'];
const WITHOUT_UPLOADS = FAULT_KINDS.filter(
	(kind) => kind !== 'disk full' && kind !== 'worker stopped during long uploads',
);

/**
 * Executions that wait for their callbacks under faults, looked after by the template failed-jobs: each has to go on
 * with its transcript, if need be because that retries it.
 */
export class ParkedUnderFaults implements FaultSubject {
	readonly kinds = WITHOUT_UPLOADS;

	readonly provider: FaultyProvider;

	private constructor(
		private readonly gallery: Gallery,
		private readonly count: number,
		private readonly workflowId: string,
		private readonly folder: string,
	) {
		this.provider = faultyScriptivox(gallery.simulator);
	}

	static async start(options: SubjectOptions): Promise<ParkedUnderFaults> {
		const gallery = await Gallery.start({
			queueMode: options.startQueue,
			simulator: { scriptivox: options.simulator },
		});
		const folder = join(gallery.files, 'parked');
		await mkdir(folder);
		const errorWorkflow = await publishFailedJobs(gallery, {
			settings: { firstRetryMinutes: FIRST_RETRY_MINUTES },
		});
		const transcribe = nodeOf(
			'Transcribe',
			'n8n-nodes-transcription.scriptivox',
			{
				inputType: 'url',
				url: '={{ $json.body.url }}',
				wait: 'webhook',
				options: { requestsPerMinute: 0 },
			},
			{ [TYPE]: gallery.credential(TYPE) },
		);
		const workflow = rowOf(
			NAME,
			webhookNode(PATH, 'onReceived'),
			transcribe,
			...textFiles(folder, 'Transcribe', 'text'),
		);
		const settings = { ...workflow.settings, errorWorkflow };
		const id = await publish(gallery.n8n, { ...workflow, settings });
		const parked = new ParkedUnderFaults(gallery, options.files, id, folder);
		await parked.parkAll();
		return parked;
	}

	/** All are parked before the first fault. */
	async add(): Promise<void> {}

	private async parkAll(): Promise<void> {
		const bodies = Array.from({ length: this.count }, (_, number) => ({ url: urlOf(number) }));
		await callMany(`${this.gallery.url}/webhook/${PATH}`, bodies);
		const isParked = async () => (await this.countOf('waiting')) >= this.count;
		await until('every execution is parked', isParked, PARKED_WITHIN_SECONDS);
	}

	async left(): Promise<string[]> {
		const missing = this.count - (await readdir(this.folder)).length;
		const underWay = await this.countOf(...UNDER_WAY);
		return [
			...(missing > 0 ? [`${missing} transcripts are missing`] : []),
			...(underWay > 0 ? [`${underWay} executions are under way`] : []),
		];
	}

	private async countOf(...statuses: string[]): Promise<number> {
		return await this.gallery.n8n.client.executions.count(this.workflowId, ...statuses);
	}

	async judged() {
		const { scriptivox } = this.gallery.simulator;
		const problems: string[] = [];
		const byThemselves = (await readdir(this.folder)).length;
		const { retried, reasons } = await this.rowsOfTemplate();
		problems.push(...reasons);
		const left = this.count - byThemselves;
		if (left > 0) {
			problems.push(`${left} executions did not go on by themselves`);
			if ((await this.countOf(...UNDER_WAY)) > 0) problems.push(...(await this.leftAfterRestart()));
			problems.push(...(await this.retried()));
		}
		const names = new Set(await readdir(this.folder));
		let [transcripts, readByGet] = [0, 0];
		for (const job of scriptivox.jobs()) {
			const name = `${job.id}.txt`;
			if (!names.delete(name)) {
				problems.push(`${job.fileName} has no transcript`);
				if ((await this.readByGet(job.id)) === transcriptOfJob(job)) readByGet += 1;
				continue;
			}
			transcripts += 1;
			const text = await readFile(join(this.folder, name), 'utf8');
			if (text !== transcriptOfJob(job)) problems.push(`${job.fileName} has another transcript`);
		}
		for (const name of names) problems.push(`${name} is one too many`);
		const { jobs, paidJobs } = scriptivox.statistics();
		if (jobs !== this.count) problems.push(`${jobs} jobs`);
		if (paidJobs !== this.count) problems.push(`${paidJobs} paid jobs`);
		const notes = transcripts - byThemselves;
		return { transcripts: byThemselves, retried, notes, readByGet, problems, paidJobs };
	}

	/** How many executions the template has retried with success, once it has noted what came of all. */
	private async rowsOfTemplate(): Promise<{ retried: number; reasons: string[] }> {
		await lookUntil(NOTED_WITHIN_SECONDS, async () => {
			const rows = await this.gallery.rows(FAILED_JOBS);
			return rows.every(({ whatToDo }) => whatToDo !== 'retry later') || undefined;
		});
		// its own executions may crash too
		const rows = (await this.gallery.rows(FAILED_JOBS)).filter(({ workflow }) => workflow === NAME);
		const others = rows.filter(({ whatToDo }) => whatToDo !== SOLVED);
		const reasons = others.map(({ whatToDo, message, advice }) =>
			['Failed jobs has a row', whatToDo, message, advice].filter(Boolean).join(': '),
		);
		const links = new Set(rows.map(({ url }) => url));
		if (links.size < rows.length) reasons.push(`${rows.length - links.size} rows are double`);
		return { retried: rows.length - others.length, reasons };
	}

	/** Main looks at its start whether those that the database calls running are in the queue. */
	private async leftAfterRestart(): Promise<string[]> {
		await this.gallery.n8n.kill();
		let left = Infinity;
		await lookUntil(RESTARTED_WITHIN_SECONDS, async () => {
			// the restart policy starts main again
			left = await this.countOf(...UNDER_WAY).catch(() => Infinity);
			return left === 0 || undefined;
		});
		return left > 0 ? [`once main was restarted, ${left} executions were under way`] : [];
	}

	/**
	 * Presses *Retry with original workflow* beside each execution that n8n has lost; says why it had ended, and why one
	 * still fails.
	 */
	private async retried(): Promise<string[]> {
		const { client } = this.gallery.n8n;
		const reasons: string[] = [];
		for (const { id } of await client.executions.newest(this.workflowId, ...FAILED)) {
			reasons.push(`an execution ended as ${wordsOf(await client.executions.get(id))}`);
			const again = await client.executions.end(await client.executions.retry(id));
			if (again.status !== 'success') {
				reasons.push(`a retried execution ended as ${wordsOf(again)}`);
			}
		}
		return reasons;
	}

	/** What *Transcription: Get* reads of a job; undefined where it fails. */
	private async readByGet(jobId: string): Promise<unknown> {
		const { client } = this.gallery.n8n;
		const transcriptionId = { __rl: true, mode: 'id', value: jobId };
		const parameters = { operation: 'get', transcriptionId };
		const get = nodeOf('Get', 'n8n-nodes-transcription.scriptivox', parameters, {
			[TYPE]: this.gallery.credential(TYPE),
		});
		const { id } = await client.createWorkflow(rowOf(`Get ${jobId}`, byHand(), get));
		const execution = await client.executions.end(await client.runWorkflow(id, 'By Hand'));
		return outputOf(execution, 'Get')?.[0]?.text;
	}

	async stop(): Promise<void> {
		await this.gallery.stop();
	}
}

function transcriptOfJob(job: Omit<TranscriptRequest, 'silent'>): string {
	return transcriptOf({ ...job, silent: false }).full_transcript;
}

/** How an execution ended, with n8n's reason. */
function wordsOf({ status, data }: Execution): string {
	return `${status}: ${data.resultData.error?.message ?? 'without a reason'}`;
}

function urlOf(number: number): string {
	const seconds = FIRST_JOB_SECONDS + number * STEP_SECONDS;
	return `https://example.com/${number}-slow-${seconds}s.mp3`;
}
