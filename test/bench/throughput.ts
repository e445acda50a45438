import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { N8nInstance } from '../../dev/n8n/instance';
import { packTarball } from '../../dev/pack';
import { inTemporaryFolder, median, runToEnd } from './bench';
import type { Bench } from './bench';
import { startSimulatorProcess } from './simulatorProcess';
import { chain, packNode, readFiles } from './workflows';

const FILES = 200;
const BYTES = 256 * 1024;
const PARALLEL = 10;
const ROUNDS = 3;
const TIMEOUT_SECONDS = 120;

/** 200 files of 256 kB through `transcribe`, beside bare fetch calls that do the same three requests. */
export const throughput: Bench = {
	title: `${FILES} files of 256 kB, ${PARALLEL} at a time, against a simulator without limits`,
	async run() {
		return await inTemporaryFolder(async (folder) => {
			const recordings = join(folder, 'recordings');
			await makeRecordings(recordings);
			const simulator = await startSimulatorProcess(['--unlimited']);
			const n8n = await N8nInstance.start({
				folder: join(folder, 'n8n'),
				pack: await packTarball(),
				fileFolders: [folder],
			});
			try {
				const credential = await n8n.client.createCredential({
					name: 'Scriptivox',
					type: 'scriptivoxApi',
					data: { apiKey: simulator.apiKey, baseUrl: simulator.baseUrl },
				});
				const { id } = await n8n.client.createWorkflow(
					chain('Throughput', [
						readFiles(join(recordings, '*.mp3')),
						packNode('scriptivox', 'scriptivoxApi', credential, {
							resource: 'transcription',
							operation: 'transcribe',
							inputType: 'binaryFile',
							binaryPropertyName: 'data',
							wait: 'none',
							options: { maxParallel: PARALLEL, requestsPerMinute: 0 },
						}),
					]),
				);
				const ours: number[] = [];
				const bare: number[] = [];
				for (let round = 0; round < ROUNDS; round++) {
					bare.push(await bareFetch(recordings, simulator));
					ours.push(await nodeSeconds(n8n, id));
				}
				return report(median(ours), median(bare));
			} finally {
				await n8n.stop();
				await simulator.stop();
			}
		});
	},
};

async function makeRecordings(folder: string): Promise<void> {
	await mkdir(folder);
	for (let number = 0; number < FILES; number++) {
		await writeFile(join(folder, `recording-${number}.mp3`), randomBytes(BYTES));
	}
}

/** Seconds that the node took, as n8n's own record has it. */
async function nodeSeconds(n8n: N8nInstance, workflowId: string): Promise<number> {
	const execution = await runToEnd(n8n, workflowId, TIMEOUT_SECONDS);
	const run = execution.data.resultData.runData.Measured?.[0];
	if (run?.data?.main?.[0]?.length !== FILES) throw new Error('Not every file was transcribed');
	return run.executionTime / 1000;
}

/** Seconds that presigning, putting and starting take with fetch alone. */
async function bareFetch(
	folder: string,
	{ baseUrl, apiKey }: { baseUrl: string; apiKey: string },
): Promise<number> {
	const names = await readdir(folder);
	const headers = { Authorization: apiKey, 'Content-Type': 'application/json' };
	const post = async (path: string, body: object) => {
		const answer = await fetch(baseUrl + path, {
			method: 'POST',
			headers,
			body: JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
		return (await answer.json()) as Record<string, string> & { headers: Record<string, string> };
	};
	const worker = async () => {
		for (let name = names.pop(); name !== undefined; name = names.pop()) {
			const upload = await post('/upload', { filename: name });
			const answer = await fetch(upload.upload_url!, {
				method: 'PUT',
				headers: upload.headers,
				body: await readFile(join(folder, name)),
			});
			if (!answer.ok) throw new Error(`The PUT was answered with ${answer.status}`);
			await post('/transcribe', { upload_id: upload.upload_id, diarize: false, align: false });
		}
	};
	const started = performance.now();
	await Promise.all(Array.from({ length: PARALLEL }, worker));
	return (performance.now() - started) / 1000;
}

function report(ours: number, bare: number): string[] {
	const speed = (seconds: number) => `${(FILES / seconds).toFixed(0)} files/s`;
	return [
		`node: ${ours.toFixed(2)} s, ${speed(ours)}`,
		`bare fetch: ${bare.toFixed(2)} s, ${speed(bare)}`,
		`the node reaches ${(bare / ours).toFixed(2)} of bare fetch (median of ${ROUNDS} rounds each)`,
	];
}
