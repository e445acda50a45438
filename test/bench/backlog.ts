import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { N8nInstance } from '../../dev/n8n/instance';
import type { DataTableColumn, WorkflowJson } from '../../dev/n8n/types';
import { packTarball } from '../../dev/pack';
import { type Simulator, startSimulator } from '../../dev/simulator/server';
import { readTemplate, withCredentials, withSettings } from '../../dev/templates/template';
import { inTemporaryFolder } from './bench';
import type { Bench } from './bench';
import { chain } from './workflows';

/** How much faster than in life a minute of the limit goes by. */
const SCALE = 5;
const LIMIT = 60;
/** What a user sets for a limit of 60: two of them are the room that a late request needs. */
const PER_MINUTE = 58;
const URLS = 2000;
const PEER_URLS = 400;
const NAME = 'rate-limited-backlog';
const ROWS_AT_ONCE = 500;
const LOOK_AGAIN_MS = 250;
const LONGEST_MINUTES = 60;

/** The rate-limited backlog, beside the loop that a user builds today from n8n's own nodes. */
export const backlog: Bench = {
	title: `${URLS} links at ${PER_MINUTE} of ${LIMIT} a minute, ${SCALE} times as fast, stopped and resumed once`,
	async run() {
		return await inTemporaryFolder(async (folder) => {
			const files = join(folder, 'transcripts');
			await mkdir(files);
			const n8n = await N8nInstance.start({
				folder: join(folder, 'n8n'),
				pack: await packTarball(),
				fileFolders: [files],
			});
			try {
				const ours = await withSimulator((simulator) => template(n8n, simulator, files));
				const peer = await withSimulator((simulator) => loop(n8n, simulator));
				return [
					...report('template', ours, URLS),
					...report('Loop Over Items + Wait + HTTP Request, begun again', peer, PEER_URLS),
				];
			} finally {
				await n8n.stop();
			}
		});
	},
};

interface Outcome {
	/** When each job was made, in milliseconds, by stretch: before the stop, after it. */
	stretches: [number[], number[]];
	refused: number;
	duplicates: number;
	peak: number;
	/** Links that have a job. */
	submitted: number;
}

async function withSimulator(measure: (simulator: Simulator) => Promise<void>): Promise<Outcome> {
	const simulator = await startSimulator({
		scriptivox: {
			balanceCents: 10_000_000,
			rateLimits: {
				windowSeconds: 60 / SCALE,
				perAddress: 100_000,
				perKey: { 'POST /transcribe': LIMIT, 'GET /transcribe/{id}': 100_000 },
			},
		},
	});
	try {
		await measure(simulator);
		const jobs = simulator.scriptivox.jobs();
		const { rateLimited, duplicatesByContent, peakInWindow } = simulator.scriptivox.statistics();
		const times = jobs.map(({ createdAt }) => createdAt.getTime());
		return {
			stretches: splitAtPause(times),
			refused: rateLimited,
			duplicates: duplicatesByContent,
			peak: peakInWindow['POST /transcribe'] ?? 0,
			submitted: new Set(jobs.map(({ url }) => url)).size,
		};
	} finally {
		await simulator.stop();
	}
}

/** The longest pause is where it was stopped. */
function splitAtPause(times: number[]): [number[], number[]] {
	let at = 1;
	times.forEach((time, index) => {
		const pause = (i: number) => times[i]! - (times[i - 1] ?? 0);
		if (index > 1 && time - times[index - 1]! > pause(at)) at = index;
	});
	return [times.slice(0, at), times.slice(at)];
}

async function template(n8n: N8nInstance, simulator: Simulator, files: string): Promise<void> {
	const { client } = n8n;
	const original = await readTemplate(NAME);
	const { columns } = original.nodes.find(({ name }) => name === 'Backlog')!
		.parameters as unknown as {
		columns: { column: DataTableColumn[] };
	};
	const table = await client.tables.create('Transcription backlog', columns.column);
	for (let from = 0; from < URLS; from += ROWS_AT_ONCE) {
		const rows = links(URLS).slice(from, from + ROWS_AT_ONCE);
		await client.tables.insertRows(
			table.id,
			rows.map((url) => ({ url })),
		);
	}
	const credential = await client.createCredential({
		name: 'Scriptivox',
		type: 'scriptivoxApi',
		data: { apiKey: simulator.scriptivox.apiKey, baseUrl: simulator.scriptivox.baseUrl },
	});
	const workflow = withCredentials(
		withSettings(original, {
			perMinute: PER_MINUTE * SCALE,
			pollsPerMinute: 150 * SCALE,
			retryMinutes: 1 / SCALE,
			outputFolder: files,
		}),
		await client.nodeTypes(),
		{ scriptivoxApi: credential },
	);
	const { id } = await client.createWorkflow(workflow);
	await client.publishWorkflow(id);
	await until(() => jobsOf(simulator) >= URLS / 2);
	await client.unpublishWorkflow(id);
	await stopRuns(n8n, id);
	// longer than any pause of its own
	await sleep(5000);
	await client.publishWorkflow(id);
	await until(() => jobsOf(simulator) >= URLS);
	await client.unpublishWorkflow(id);
	await stopRuns(n8n, id);
}

async function loop(n8n: N8nInstance, simulator: Simulator): Promise<void> {
	const { client } = n8n;
	const { id } = await client.createWorkflow(loopWorkflow(simulator));
	await client.runWorkflow(id, 'Start');
	await until(() => jobsOf(simulator) >= PEER_URLS / 2);
	await stopRuns(n8n, id);
	await sleep(5000);
	const executionId = await client.runWorkflow(id, 'Start');
	await until(() => jobsOf(simulator) >= PEER_URLS * 1.5);
	await client.executionEnd(executionId, 60);
}

function loopWorkflow({ scriptivox }: Simulator): WorkflowJson {
	const request: INodeParameters = {
		method: 'POST',
		url: `${scriptivox.baseUrl}/transcribe`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Authorization', value: scriptivox.apiKey }] },
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ JSON.stringify({ url: $json.url }) }}',
		options: {},
	};
	const workflow = chain('Loop', [
		{
			name: 'Links',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: {
				jsCode: `return ${JSON.stringify(links(PEER_URLS))}.map((url) => ({ json: { url } }));`,
			},
		},
		{
			name: 'Loop Over Items',
			type: 'n8n-nodes-base.splitInBatches',
			typeVersion: 3,
			parameters: { options: {} },
		},
		{
			name: 'HTTP Request',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: request,
		},
		{
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { amount: 60 / PER_MINUTE / SCALE, unit: 'seconds' },
		},
	]);
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	workflow.connections['Loop Over Items'] = { main: [[], to('HTTP Request')] };
	workflow.connections.Wait = { main: [to('Loop Over Items')] };
	return workflow;
}

function links(count: number): string[] {
	return Array.from({ length: count }, (_, index) => `https://media.example/${index}.mp3`);
}

function jobsOf({ scriptivox }: Simulator): number {
	return scriptivox.statistics().jobs;
}

async function stopRuns({ client }: N8nInstance, workflowId: string): Promise<void> {
	const running = async () =>
		(await client.executions(workflowId)).filter(({ status }) => status === 'running');
	// one that has just ended cannot be stopped
	for (const { id } of await running()) await client.stopExecution(id).catch(() => {});
	await until(async () => (await running()).length === 0);
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
	const deadline = Date.now() + LONGEST_MINUTES * 60_000;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error(`Not done within ${LONGEST_MINUTES} minutes`);
		await sleep(LOOK_AGAIN_MS);
	}
}

function report(
	what: string,
	{ stretches, refused, duplicates, peak, submitted }: Outcome,
	links: number,
): string[] {
	const spans = stretches.map((times) => times.at(-1)! - times[0]!);
	const requests = stretches.reduce((sum, times) => sum + times.length - 1, 0);
	const perMinute = requests / ((spans[0]! + spans[1]!) / 60_000) / SCALE;
	const share = (of: number) => `${((100 * perMinute) / of).toFixed(1)} % of ${of}`;
	return [
		`${what}: ${perMinute.toFixed(1)} a minute (${share(PER_MINUTE)} as set, ${share(LIMIT)} allowed), ${peak} at most in a window`,
		`  answers with 429: ${refused}, links submitted: ${submitted} of ${links}, submitted again: ${duplicates}`,
	];
}
