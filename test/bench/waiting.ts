import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowJson } from '../../dev/n8n/types';
import { Gallery } from '../rig/templates/gallery';
import { callMany, numbered, publish, webhookNode } from '../rig/workflows/published';
import { nodeOf, rowOf, textFiles } from '../rig/workflows/workflows';
import { median } from './bench';
import type { Bench } from './bench';
import { ifEqual } from './workflows';
import { until } from '../rig/basics/until';

const JOBS = 30;
const LEAST_SECONDS = 5;
/** Recordings take that much longer, one than the other, so that they do not all end at once. */
const STEP_SECONDS = 0.5;
const LONGEST_SECONDS = 180;
/** The node that has the finished job. */
const MEASURED = 'Measured';
/** What people wait in a loop of n8n's own nodes. */
const LOOP_SECONDS = 5;
const SECONDS_OF_JOB = `${LEAST_SECONDS} + $json.body.number * ${STEP_SECONDS}`;

/** A way of waiting for a job, as workflows that write `<job>.txt` into a folder. */
interface Way {
	name: string;
	workflows(gallery: Gallery, folder: string): WorkflowJson[];
}

const loop: Way = { name: 'HTTP Request and Wait in a loop', workflows: loopWorkflows };
const looks: Way = { name: 'Wait: Until Finished', workflows: waitingWorkflow('poll') };
const calledBack: Way = { name: 'Wait: Until Called Back', workflows: waitingWorkflow('webhook') };
const trigger: Way = { name: 'the trigger', workflows: triggerWorkflows };

/** From the provider's "done" to the transcript in a folder, and the requests that this takes. */
export const waiting: Bench = {
	title: `${JOBS} jobs of ${LEAST_SECONDS} to ${LEAST_SECONDS + JOBS * STEP_SECONDS} s, all started at once: from done to the transcript in a folder`,
	async run() {
		const lines: string[] = [];
		for (const way of [loop, looks, calledBack, trigger]) lines.push(await measured(way));
		return lines;
	},
};

async function measured({ name, workflows }: Way): Promise<string> {
	const gallery = await Gallery.start({
		simulator: { scriptivox: { rateLimits: { enabled: false }, balanceCents: 1_000_000 } },
	});
	try {
		const folder = join(gallery.files, 'transcripts');
		await mkdir(folder);
		for (const workflow of workflows(gallery, folder)) await publish(gallery.n8n, workflow);
		await callMany(`${gallery.n8n.url}/webhook/start`, numbered(JOBS));
		await until(
			'Every job has its transcript',
			async () => (await readdir(folder)).length === JOBS,
			LONGEST_SECONDS,
		);
		const { scriptivox } = gallery.simulator;
		const seconds = await Promise.all(
			scriptivox.jobs().map(async ({ id, completedAt }) => {
				const { mtimeMs, size } = await stat(join(folder, `${id}.txt`));
				if (size === 0) throw new Error(`${id} has an empty transcript`);
				return (mtimeMs - completedAt!.getTime()) / 1000;
			}),
		);
		const requests = Object.values(scriptivox.statistics().requests);
		const each = requests.reduce((sum, count) => sum + count, 0) / JOBS;
		return `${name}: median ${median(seconds).toFixed(2)} s, 95th percentile ${highest(seconds).toFixed(2)} s, ${each.toFixed(1)} requests a job`;
	} finally {
		await gallery.stop();
	}
}

/** The value that 95 % of the values do not exceed. */
function highest(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.ceil(sorted.length * 0.95) - 1]!;
}

function ours(gallery: Gallery, type: string, parameters: INodeParameters): INode {
	const credentials = { scriptivoxApi: gallery.credential('scriptivoxApi') };
	return nodeOf(MEASURED, `n8n-nodes-transcription.${type}`, parameters, credentials);
}

function transcribe(gallery: Gallery, wait: string): INode {
	return ours(gallery, 'scriptivox', {
		resource: 'transcription',
		operation: 'transcribe',
		inputType: 'url',
		url: `=https://example.com/slow-{{ ${SECONDS_OF_JOB} }}s.mp3`,
		wait,
		options: { requestsPerMinute: 0 },
	});
}

function waitingWorkflow(wait: string): Way['workflows'] {
	return (gallery, folder) => [
		rowOf(
			wait,
			webhookNode('start', 'onReceived'),
			transcribe(gallery, wait),
			...textFiles(folder, MEASURED, 'text'),
		),
	];
}

function triggerWorkflows(gallery: Gallery, folder: string): WorkflowJson[] {
	const webhookId = 'of-the-trigger';
	const listener = { ...ours(gallery, 'scriptivoxTrigger', {}), webhookId };
	const start = transcribe(gallery, 'none');
	const webhookUrl = `${gallery.n8n.url}/webhook/${webhookId}/webhook`;
	const options = { ...(start.parameters.options as INodeParameters), webhookUrl };
	const starting = { ...start, parameters: { ...start.parameters, options } };
	return [
		rowOf('Start', webhookNode('start', 'onReceived'), starting),
		rowOf('Listen', listener, ...textFiles(folder, MEASURED, 'text')),
	];
}

/** What a user builds of n8n's own nodes. */
function loopWorkflows(gallery: Gallery, folder: string): WorkflowJson[] {
	const { baseUrl } = gallery.simulator.scriptivox;
	const request = (name: string, parameters: INodeParameters): INode => ({
		...nodeOf(name, 'n8n-nodes-base.httpRequest', {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'scriptivoxApi',
			options: {},
			...parameters,
		}),
		typeVersion: 4.2,
		credentials: { scriptivoxApi: gallery.credential('scriptivoxApi') },
	});
	const start = request('Start', {
		method: 'POST',
		url: `${baseUrl}/transcribe`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={ "url": "https://example.com/slow-{{ ${SECONDS_OF_JOB} }}s.mp3" }`,
	});
	const pause = nodeOf('Pause', 'n8n-nodes-base.wait', { amount: LOOP_SECONDS, unit: 'seconds' });
	const look = request(MEASURED, {
		url: `=${baseUrl}/transcribe/{{ $('Start').item.json.id }}`,
	});
	const isDone = ifEqual('Is Done', '={{ $json.status }}', 'completed');
	const row = rowOf(
		'Loop',
		webhookNode('start', 'onReceived'),
		start,
		{ ...pause, typeVersion: 1.1, webhookId: 'pause' },
		look,
		isDone,
		...textFiles(folder, MEASURED, 'result.full_transcript'),
	);
	row.connections['Is Done']!.main!.push([{ node: 'Pause', type: 'main', index: 0 }]);
	return [row];
}
