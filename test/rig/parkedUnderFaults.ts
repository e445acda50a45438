import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionSummary } from '../../dev/n8n/types';
import { type Simulator, startSimulator } from '../../dev/simulator/server';
import { transcriptOf } from '../../dev/simulator/scriptivox/transcript';
import { FAULT_KINDS } from './faultSchedule';
import type { FaultSubject, SubjectOptions } from './faultSubject';
import type { QueueMode } from './queueMode';
import { nodeOf, rowOf } from './workflows';

const TYPE = 'scriptivoxApi';
const PATH = 'park';
const CALLS_AT_ONCE = 8;
const LOOK_AGAIN_MS = 500;
const PARKED_WITHIN_SECONDS = 180;
/** The first job ends after so long, when all are parked; each further one a little later. */
const FIRST_JOB_SECONDS = 60;
const STEP_SECONDS = 0.5;
const UNDER_WAY = ['new', 'running', 'waiting'];
const FAILED = ['error', 'crashed', 'canceled'];
const MOST_FAILURES = '20';
const WITHOUT_UPLOADS = FAULT_KINDS.filter(
	(kind) => kind !== 'disk full' && kind !== 'worker stopped during long uploads',
);

/** Executions that wait for their callbacks under faults: each has to go on with its transcript. */
export class ParkedUnderFaults implements FaultSubject {
	readonly kinds = WITHOUT_UPLOADS;

	private constructor(
		private readonly queue: QueueMode,
		private readonly count: number,
		readonly simulator: Simulator,
		private readonly workflowId: string,
		private readonly folder: string,
	) {}

	static async start(queue: QueueMode, options: SubjectOptions): Promise<ParkedUnderFaults> {
		const simulator = await startSimulator({ scriptivox: options.simulator });
		const folder = join(queue.files, 'parked');
		await mkdir(folder);
		const { client } = queue.main;
		const { apiKey, baseUrl } = simulator.scriptivox;
		const credential = await client.createCredential({
			name: 'Scriptivox',
			type: TYPE,
			data: { apiKey, baseUrl },
		});
		const hook = nodeOf('Hook', 'n8n-nodes-base.webhook', { httpMethod: 'POST', path: PATH });
		const transcribe = nodeOf(
			'Transcribe',
			'n8n-nodes-transcription.scriptivox',
			{
				inputType: 'url',
				url: '={{ $json.body.url }}',
				wait: 'webhook',
				options: { requestsPerMinute: 0 },
			},
			{ [TYPE]: credential },
		);
		const convert = nodeOf('Convert', 'n8n-nodes-base.convertToFile', {
			operation: 'toText',
			sourceProperty: 'text',
		});
		const write = nodeOf('Write', 'n8n-nodes-base.readWriteFile', {
			operation: 'write',
			fileName: `=${folder}/{{ $('Transcribe').item.json.id }}.txt`,
		});
		const { id } = await client.createWorkflow({
			...rowOf(
				'Parked',
				{ ...hook, typeVersion: 2, webhookId: PATH },
				transcribe,
				{ ...convert, typeVersion: 1.1 },
				{ ...write, typeVersion: 1.1 },
			),
			settings: { executionOrder: 'v1' },
		});
		await client.publishWorkflow(id);
		const parked = new ParkedUnderFaults(queue, options.files, simulator, id, folder);
		await parked.parkAll();
		return parked;
	}

	/** All are parked before the first fault. */
	async add(): Promise<void> {}

	private async parkAll(): Promise<void> {
		const urls = Array.from({ length: this.count }, (_, number) => urlOf(number));
		const caller = async (): Promise<void> => {
			for (let url = urls.pop(); url; url = urls.pop()) await this.call(url);
		};
		await Promise.all(Array.from({ length: CALLS_AT_ONCE }, caller));
		const deadline = Date.now() + PARKED_WITHIN_SECONDS * 1000;
		while ((await this.countOf(['waiting'])) < this.count) {
			if (Date.now() > deadline) throw new Error('Not every execution was parked.');
			await sleep(LOOK_AGAIN_MS);
		}
	}

	private async call(url: string): Promise<void> {
		const answer = await fetch(`${this.queue.url}/webhook/${PATH}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ url }),
		});
		if (!answer.ok) throw new Error(`A call was answered with ${answer.status}.`);
		await answer.arrayBuffer();
	}

	async left(): Promise<string[]> {
		const count = await this.countOf(UNDER_WAY);
		return count > 0 ? [`${count} executions are under way`] : [];
	}

	private async countOf(status: string[]): Promise<number> {
		const filter = JSON.stringify({ workflowId: this.workflowId, status });
		const query = { filter, limit: '1' };
		const { client } = this.queue.main;
		return (await client.request<{ count: number }>('GET', '/rest/executions', { query })).count;
	}

	/** What executions that did not succeed say. */
	private async failures(): Promise<string[]> {
		const { client } = this.queue.main;
		const filter = JSON.stringify({ workflowId: this.workflowId, status: FAILED });
		const { results } = await client.request<{ results: ExecutionSummary[] }>(
			'GET',
			'/rest/executions',
			{ query: { filter, limit: MOST_FAILURES } },
		);
		return await Promise.all(
			results.map(async ({ id, status }) => {
				const { error } = (await client.execution(id)).data.resultData;
				return `an execution ended as ${status}: ${error?.message ?? 'without a reason'}`;
			}),
		);
	}

	async judged() {
		const { scriptivox } = this.simulator;
		const problems: string[] = [];
		const names = new Set(await readdir(this.folder));
		let transcripts = 0;
		for (const job of scriptivox.jobs()) {
			const name = `${job.id}.txt`;
			if (!names.delete(name)) {
				problems.push(`${job.fileName} has no transcript`);
				continue;
			}
			transcripts += 1;
			const text = await readFile(join(this.folder, name), 'utf8');
			if (text !== transcriptOf({ ...job, silent: false }).full_transcript) {
				problems.push(`${job.fileName} has another transcript`);
			}
		}
		for (const name of names) problems.push(`${name} is one too many`);
		const { jobs, paidJobs } = scriptivox.statistics();
		if (jobs !== this.count) problems.push(`${jobs} jobs`);
		if (paidJobs !== this.count) problems.push(`${paidJobs} paid jobs`);
		const succeeded = await this.countOf(['success']);
		if (succeeded !== this.count) problems.push(`${succeeded} executions succeeded`);
		problems.push(...(await this.failures()));
		return { transcripts, notes: 0, problems, paidJobs };
	}

	async stop(): Promise<void> {
		await this.simulator.stop();
	}
}

function urlOf(number: number): string {
	const seconds = FIRST_JOB_SECONDS + number * STEP_SECONDS;
	return `https://example.com/${number}-slow-${seconds}s.mp3`;
}
