import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { N8nInstance } from '../../dev/n8n/instance';
import { packTarball } from '../../dev/pack';
import { startSimulator } from '../../dev/simulator/server';
import { inTemporaryFolder } from './bench';
import type { Bench } from './bench';
import { chain, packNode, readFiles } from './workflows';

const MINUTES = 3;
/** The pack's own limits a minute, below the 60, 60 and 200 of the simulator. */
const PACED = { 'POST /upload': 50, 'POST /transcribe': 50, 'GET /transcribe/{id}': 150 };
const FILES = PACED['POST /upload'] * (MINUTES + 1);
const READS = PACED['GET /transcribe/{id}'] * (MINUTES + 1);

/** Three minutes at the plan's limits: how much of the paced rate is used, and is there any 429. */
export const limits: Bench = {
	title: `${MINUTES} minutes at the plan's limits (60/60/200), paced at 50/50/150, in real time`,
	async run() {
		return await inTemporaryFolder(async (folder) => {
			const recordings = join(folder, 'recordings');
			await mkdir(recordings);
			for (let number = 0; number < FILES; number++) {
				await writeFile(join(recordings, `recording-${number}.mp3`), randomBytes(4096));
			}
			const simulator = await startSimulator();
			const n8n = await N8nInstance.start({
				folder: join(folder, 'n8n'),
				pack: await packTarball(),
				fileFolders: [folder],
			});
			try {
				const { scriptivox } = simulator;
				const credential = await n8n.client.credentials.create({
					name: 'Scriptivox',
					type: 'scriptivoxApi',
					data: { apiKey: scriptivox.apiKey, baseUrl: scriptivox.baseUrl },
				});
				const node = (parameters: Parameters<typeof packNode>[3]) =>
					packNode('scriptivox', 'scriptivoxApi', credential, parameters);
				const submitting = chain('Submit', [
					readFiles(join(recordings, '*.mp3')),
					node({
						resource: 'transcription',
						operation: 'transcribe',
						inputType: 'binaryFile',
						binaryPropertyName: 'data',
						wait: 'none',
						options: { maxParallel: 10 },
					}),
				]);
				const reading = chain('Read', [
					node({
						resource: 'transcription',
						operation: 'transcribe',
						inputType: 'url',
						url: 'https://example.com/recording.mp3',
						wait: 'none',
						options: {},
					}),
					{
						name: 'Repeat',
						type: 'n8n-nodes-base.code',
						typeVersion: 2,
						parameters: {
							jsCode: `return Array.from({ length: ${READS} }, () => ({ json: $input.first().json }));`,
						},
					},
					{
						...node({
							resource: 'transcription',
							operation: 'get',
							transcriptionId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
							options: { maxParallel: 10 },
						}),
						name: 'Get',
					},
				]);
				for (const workflow of [submitting, reading]) {
					const { id } = await n8n.client.createWorkflow(workflow);
					await n8n.client.runWorkflow(id, 'Start');
				}
				await firstRequest(simulator);
				await new Promise((resolve) => setTimeout(resolve, MINUTES * 60_000));
				return report(scriptivox.statistics());
			} finally {
				await n8n.kill();
				await simulator.stop();
			}
		});
	},
};

/** Waits for the first request of all, so that no fourth minute begins within the three. */
async function firstRequest({
	scriptivox,
}: Awaited<ReturnType<typeof startSimulator>>): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (Object.keys(PACED).every((endpoint) => !scriptivox.statistics().requests[endpoint])) {
		if (Date.now() > deadline) throw new Error('No request came within a minute');
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

function report({
	requests,
	rateLimited,
	peakInWindow,
}: {
	requests: Record<string, number>;
	rateLimited: number;
	peakInWindow: Record<string, number>;
}): string[] {
	const used = Object.entries(PACED).map(([endpoint, perMinute]) => {
		const share = (requests[endpoint] ?? 0) / (perMinute * MINUTES);
		return `${endpoint}: ${requests[endpoint]} requests, ${(100 * share).toFixed(0)} % of ${perMinute} a minute, ${peakInWindow[endpoint]} at most in any minute`;
	});
	return [...used, `answers with 429: ${rateLimited}`];
}
