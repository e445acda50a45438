import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import type { DataTableColumn, WorkflowJson } from '../../dev/n8n/types';
import type { Simulator } from '../../dev/simulator/server';
import { readTemplate } from '../../dev/templates/template';
import { Gallery } from '../rig/templates/gallery';
import { BACKLOG, links, stopRuns } from '../rig/templates/backlog';
import type { Bench } from './bench';
import { chain } from './workflows';
import { until } from '../rig/basics/until';

const LIMIT = 60;
/** What a user sets for a limit of 60: two of them are the room that a late request needs. */
const PER_MINUTE = 58;
const URLS = 600;
const PEER_URLS = 120;
const NAME = 'rate-limited-backlog';
const ROWS_AT_ONCE = 500;
/** n8n's own credential for a key in a header. */
const HEADER_AUTH = 'httpHeaderAuth';
const LONGEST_SECONDS = 3600;
// longer than any pause of its own, so that it shows where it was stopped
const STOPPED_MS = 5000;

/** The rate-limited backlog, beside the loop that a user builds today from n8n's own nodes. */
export const backlog: Bench = {
	title: `${URLS} links at ${PER_MINUTE} of ${LIMIT} a minute, stopped and resumed once`,
	async run() {
		const gallery = await Gallery.start({
			simulator: {
				scriptivox: {
					balanceCents: 10_000_000,
					rateLimits: {
						windowSeconds: 60,
						perAddress: 100_000,
						perKey: { 'POST /transcribe': LIMIT, 'GET /transcribe/{id}': 100_000 },
					},
				},
			},
			credentials: ({ scriptivox }) => [
				{
					name: 'Scriptivox',
					type: HEADER_AUTH,
					data: { name: 'Authorization', value: scriptivox.apiKey },
				},
			],
		});
		try {
			await template(gallery);
			const ours = outcomeOf(gallery.simulator);
			gallery.simulator.reset();
			await loop(gallery);
			const peer = outcomeOf(gallery.simulator);
			return [
				...report('template', ours, URLS),
				...report('Loop Over Items + Wait + HTTP Request, begun again', peer, PEER_URLS),
			];
		} finally {
			await gallery.stop();
		}
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

function outcomeOf({ scriptivox }: Simulator): Outcome {
	const jobs = scriptivox.jobs();
	const { rateLimited, duplicatesByContent, peakInWindow } = scriptivox.statistics();
	return {
		stretches: splitAtPause(jobs.map(({ createdAt }) => createdAt.getTime())),
		refused: rateLimited,
		duplicates: duplicatesByContent,
		peak: peakInWindow['POST /transcribe'] ?? 0,
		submitted: new Set(jobs.map(({ url }) => url)).size,
	};
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

async function template(gallery: Gallery): Promise<void> {
	const { client } = gallery.n8n;
	await fillTable(gallery);
	const id = await gallery.publishTemplate(NAME, {
		settings: {
			perMinute: PER_MINUTE,
			outputFolder: gallery.files,
		},
	});
	await untilSubmitted(gallery, URLS / 2);
	await client.unpublishWorkflow(id);
	await stopRuns(gallery, id);
	await sleep(STOPPED_MS);
	await client.publishWorkflow(id);
	await untilSubmitted(gallery, URLS);
	await client.unpublishWorkflow(id);
	await stopRuns(gallery, id);
}

/** Writes the links into the table, as its user may in place of a spreadsheet. */
async function fillTable({ n8n: { client } }: Gallery): Promise<void> {
	const { nodes } = await readTemplate(NAME);
	const { columns } = nodes.find(({ name }) => name === 'Backlog')!.parameters as unknown as {
		columns: { column: DataTableColumn[] };
	};
	const table = await client.tables.create(BACKLOG, columns.column);
	const rows = links(URLS).map((url) => ({ url }));
	for (let from = 0; from < URLS; from += ROWS_AT_ONCE) {
		await client.tables.insertRows(table.id, rows.slice(from, from + ROWS_AT_ONCE));
	}
}

async function loop(gallery: Gallery): Promise<void> {
	const { client } = gallery.n8n;
	const { id } = await client.createWorkflow(loopWorkflow(gallery));
	await client.runWorkflow(id, 'Start');
	await untilSubmitted(gallery, PEER_URLS / 2);
	await stopRuns(gallery, id);
	await sleep(STOPPED_MS);
	const executionId = await client.runWorkflow(id, 'Start');
	await untilSubmitted(gallery, PEER_URLS * 1.5);
	await client.executions.end(executionId, 60);
}

async function untilSubmitted(gallery: Gallery, count: number): Promise<void> {
	const { scriptivox } = gallery.simulator;
	await until(
		`${count} links are submitted`,
		() => scriptivox.statistics().jobs >= count,
		LONGEST_SECONDS,
	);
}

function loopWorkflow(gallery: Gallery): WorkflowJson {
	const request: INodeParameters = {
		method: 'POST',
		url: `${gallery.simulator.scriptivox.baseUrl}/transcribe`,
		authentication: 'genericCredentialType',
		genericAuthType: HEADER_AUTH,
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
			credentials: { [HEADER_AUTH]: gallery.credential(HEADER_AUTH) },
		},
		{
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { amount: 60 / PER_MINUTE, unit: 'seconds' },
		},
	]);
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	workflow.connections['Loop Over Items'] = { main: [[], to('HTTP Request')] };
	workflow.connections.Wait = { main: [to('Loop Over Items')] };
	return workflow;
}

function report(
	what: string,
	{ stretches, refused, duplicates, peak, submitted }: Outcome,
	count: number,
): string[] {
	const spans = stretches.map((times) => times.at(-1)! - times[0]!);
	const requests = stretches.reduce((sum, times) => sum + times.length - 1, 0);
	const perMinute = requests / ((spans[0]! + spans[1]!) / 60_000);
	const share = (of: number) => `${((100 * perMinute) / of).toFixed(1)} % of ${of}`;
	return [
		`${what}: ${perMinute.toFixed(1)} a minute (${share(PER_MINUTE)} as set, ${share(LIMIT)} allowed), ${peak} at most in a window`,
		`  answers with 429: ${refused}, links submitted: ${submitted} of ${count}, submitted again: ${duplicates}`,
	];
}
