import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lookUntil } from '../../../dev/lookUntil';
import { UNDER_WAY } from '../../../dev/n8n/executions';
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
const NOTED_AFTER_RESTART_SECONDS = NOTED_WITHIN_SECONDS + 120;
const SOLVED = 'solved by a retry';
const PARKED_WITHIN_SECONDS = 180;
/** The first job ends after so long, when all are parked; each further one a little later. */
const FIRST_JOB_SECONDS = 60;
const STEP_SECONDS = 0.5;
const LEFT_TO_HUMAN = ['needs a human', 'give up'];
const WITHOUT_UPLOADS = FAULT_KINDS.filter(
	(kind) => kind !== 'disk full' && kind !== 'worker stopped during long uploads',
);

/** What is read of a row of the template failed-jobs. */
interface FailureRow {
	workflow: string;
	url: string;
	whatToDo: string;
	message: string;
	advice: string | null;
}

/**
 * Executions that wait for their callbacks under faults, looked after by the template failed-jobs: each has to go on
 * with its transcript, if need be because that retries it, or to be left to a human with its job and its reason.
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
		const { written, noted } = await this.through();
		const missing = this.count - new Set([...written, ...noted]).size;
		const underWay = await this.countOf(...UNDER_WAY);
		return [
			...(missing > 0
				? [`${missing} jobs have neither a transcript nor a row that names them`]
				: []),
			...(underWay > 0 ? [`${underWay} executions are under way`] : []),
		];
	}

	private async countOf(...statuses: string[]): Promise<number> {
		return await this.gallery.n8n.client.executions.count(this.workflowId, ...statuses);
	}

	/** The jobs whose transcripts lie in the folder, and those that a row of the template names for a human. */
	private async through(): Promise<{ written: Set<string>; noted: Set<string> }> {
		const files = await readdir(this.folder);
		const left = (await this.rows()).filter(isLeftToHuman);
		const ids = this.gallery.simulator.scriptivox.jobs().map(({ id }) => id);
		return {
			written: new Set(files.map((file) => file.replace('.txt', ''))),
			noted: new Set(ids.filter((id) => left.some(({ advice }) => advice?.includes(id)))),
		};
	}

	/** The template's rows; its own executions may crash too. */
	private async rows(): Promise<FailureRow[]> {
		const rows = (await this.gallery.rows(FAILED_JOBS)) as unknown as FailureRow[];
		return rows.filter(({ workflow }) => workflow === NAME);
	}

	/** The template's rows, once it has noted at its next look what came of its retries. */
	private async settledRows(): Promise<FailureRow[]> {
		await lookUntil(NOTED_WITHIN_SECONDS, async () => {
			const rows = await this.rows();
			return rows.every(({ whatToDo }) => whatToDo !== 'retry later') || undefined;
		});
		return await this.rows();
	}

	async judged() {
		const { scriptivox } = this.gallery.simulator;
		const problems = (await this.left()).length > 0 ? await this.leftAfterRestart() : [];
		const rows = await this.settledRows();
		const links = new Set(rows.map(({ url }) => url));
		if (links.size < rows.length) problems.push(`${rows.length - links.size} rows are double`);
		const { written, noted } = await this.through();
		const transcripts = written.size;
		let [notes, readByGet] = [0, 0];
		for (const job of scriptivox.jobs()) {
			if (written.delete(job.id)) {
				const text = await readFile(join(this.folder, `${job.id}.txt`), 'utf8');
				if (text !== transcriptOfJob(job)) problems.push(`${job.fileName} has another transcript`);
			} else if (noted.has(job.id)) {
				notes += 1;
				if ((await this.readByGet(job.id)) === transcriptOfJob(job)) readByGet += 1;
			} else problems.push(`${job.fileName} has neither a transcript nor a note`);
		}
		for (const name of written) problems.push(`${name} is one too many`);
		if (readByGet < notes) problems.push(`Get reads ${readByGet} transcripts of ${notes}`);
		const { jobs, paidJobs } = scriptivox.statistics();
		if (jobs !== this.count) problems.push(`${jobs} jobs`);
		if (paidJobs !== this.count) problems.push(`${paidJobs} paid jobs`);
		const retried = rows.filter(({ whatToDo }) => whatToDo === SOLVED).length;
		const reasons = [...new Set(rows.filter(isLeftToHuman).map(({ message }) => message))];
		return { transcripts, retried, notes, reasons, readByGet, problems, paidJobs };
	}

	/** Starts main again: what it counted as running, its API lists from then on, and the template sees it. */
	private async leftAfterRestart(): Promise<string[]> {
		await this.gallery.n8n.kill();
		let left = ['n8n does not answer'];
		await lookUntil(NOTED_AFTER_RESTART_SECONDS, async () => {
			// the restart policy starts main again
			left = await this.left().catch(() => left);
			return left.length === 0 || undefined;
		});
		return left.length > 0
			? left.map((each) => `once main was started again: ${each}`)
			: ['These were through only once main was started again.'];
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

function isLeftToHuman({ whatToDo }: FailureRow): boolean {
	return LEFT_TO_HUMAN.includes(whatToDo);
}

function urlOf(number: number): string {
	const seconds = FIRST_JOB_SECONDS + number * STEP_SECONDS;
	return `https://example.com/${number}-slow-${seconds}s.mp3`;
}
