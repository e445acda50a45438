import { join } from 'node:path';
import { lookUntil } from '../../dev/lookUntil';
import { UNDER_WAY } from '../../dev/n8n/executions';
import { startSimulator } from '../../dev/simulator/server';
import { QueueMode } from '../rig/queue/queueMode';
import { forgetPeak, peakMegabytes, residentMegabytes } from '../rig/measuring/residentMemory';
import { type Bench, sparseFile } from './bench';
import { chain, packNode, readFiles } from './workflows';

const MEGABYTE = 1024 ** 2;
const SIZES_IN_MEGABYTES = [100, 200, 300];
const MODES = ['filesystem', 'database'];
/** Those that end take seconds. */
const MOST_SECONDS = 90;

/**
 * Peak memory of a worker while one file goes from disk to the provider, by where queue mode keeps files
 * between two steps.
 */
export const storage: Bench = {
	title: `Peak memory of a worker for one file, from disk to the provider, by the binary storage of queue mode; ended after ${MOST_SECONDS} s`,
	parts: MODES,
	async run(only) {
		const lines: string[] = [];
		for (const mode of MODES) {
			if (!only || mode === only) lines.push(mode, ...(await measured(mode)));
		}
		return lines;
	},
};

async function measured(mode: string): Promise<string[]> {
	const simulator = await startSimulator();
	const queue = await QueueMode.start({
		workers: 1,
		webhooks: 1,
		environment: { N8N_DEFAULT_BINARY_DATA_MODE: mode },
	});
	try {
		const { apiKey, baseUrl } = simulator.scriptivox;
		const credential = await queue.main.client.credentials.create({
			name: 'Scriptivox',
			type: 'scriptivoxApi',
			data: { apiKey, baseUrl },
		});
		const upload = packNode('scriptivox', 'scriptivoxApi', credential, {
			resource: 'file',
			operation: 'upload',
			binaryPropertyName: 'data',
			options: {},
		});
		const lines: string[] = [];
		for (const megabytes of SIZES_IN_MEGABYTES) {
			const file = join(queue.files, `recording-${megabytes}.mp3`);
			await sparseFile(file, megabytes * MEGABYTE);
			const workflow = chain(`${megabytes} MB`, [readFiles(file), upload]);
			const { id } = await queue.main.client.createWorkflow(workflow);
			lines.push(`  ${megabytes} MB: ${await told(queue, id)}`);
		}
		return lines;
	} finally {
		await queue.stop();
		await simulator.stop();
	}
}

/** Runs a workflow in a fresh worker, and says how it ended and what it took. */
async function told({ main, workers }: QueueMode, workflowId: string): Promise<string> {
	const worker = workers[0]!;
	await worker.kill();
	await worker.start();
	const before = await residentMegabytes(worker.pid);
	await forgetPeak(worker.pid);
	await main.client.runWorkflow(workflowId, 'Start');
	const status = await lookUntil(MOST_SECONDS, async () => {
		const [execution] = await main.client.executions.newest(workflowId);
		return execution && !UNDER_WAY.includes(execution.status) ? execution.status : undefined;
	});
	const peak = await peakMegabytes(worker.pid);
	const end = status ?? 'still running';
	return `${end}, the worker takes ${Math.round(peak)} MB at its peak, ${Math.round(before)} MB before`;
}
