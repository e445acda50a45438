import { join } from 'node:path';
import { N8nInstance } from '../../dev/n8n/instance';
import type { WorkflowJson } from '../../dev/n8n/types';
import { packTarball } from '../../dev/pack';
import { startSimulator } from '../../dev/simulator/server';
import { forgetPeak, peakMegabytes } from '../rig/measuring/residentMemory';
import { inTemporaryFolder, runToEnd, sparseFile } from './bench';
import type { Bench } from './bench';
import { startByteSink } from './byteSink';
import { chain, httpRequest, packNode, readFiles } from './workflows';

const MEGABYTE = 1024 ** 2;
const SIZES_IN_MEGABYTES = [100, 1024, 2048];
const COMPARED_SIZE = 1024;
const TIMEOUT_SECONDS = 300;

/**
 * Peak memory of n8n while one file goes from disk through a whole execution, each in a fresh
 * process: reading the file alone, uploading it with the pack, with the HTTP Request node.
 */
export const memory: Bench = {
	title: 'Peak memory of n8n for one file, from disk to the provider',
	async run() {
		return await inTemporaryFolder(async (folder) => {
			const simulator = await startSimulator({ scriptivox: { rateLimits: { enabled: false } } });
			const sink = await startByteSink();
			const n8n = await N8nInstance.start({
				folder: join(folder, 'n8n'),
				pack: await packTarball(),
				fileFolders: [folder],
			});
			try {
				const scriptivox = await n8n.client.credentials.create({
					name: 'Scriptivox',
					type: 'scriptivoxApi',
					data: { apiKey: simulator.scriptivox.apiKey, baseUrl: simulator.scriptivox.baseUrl },
				});
				return await compared(
					n8n,
					folder,
					[
						[
							'Scriptivox, file: upload (streamed PUT)',
							packNode('scriptivox', 'scriptivoxApi', scriptivox, {
								resource: 'file',
								operation: 'upload',
								binaryPropertyName: 'data',
								options: {},
							}),
						],
						['Whipscribe, job: transcribe (form)', await formUpload(n8n, 'whipscribe', sink.url)],
						[
							'Transcripton, job: transcribe (form)',
							await formUpload(n8n, 'transcripton', sink.url),
						],
					],
					[
						[
							'HTTP Request node, PUT',
							httpRequest('PUT', sink.url, {
								contentType: 'binaryData',
								inputDataFieldName: 'data',
							}),
						],
						[
							'HTTP Request node, form',
							httpRequest('POST', sink.url, {
								contentType: 'multipart-form-data',
								bodyParameters: {
									parameters: [
										{
											parameterType: 'formBinaryData',
											name: 'file',
											inputDataFieldName: 'data',
										},
									],
								},
							}),
						],
					],
				);
			} finally {
				await n8n.stop();
				await sink.stop();
				await simulator.stop();
			}
		});
	},
};

type Part = Parameters<typeof chain>[1][number];
type Uploader = [name: string, node: Part];

/** A node whose provider takes the file in a form, sending to a server that throws it away. */
async function formUpload(n8n: N8nInstance, provider: string, baseUrl: string): Promise<Part> {
	const type = `${provider}Api`;
	const credential = await n8n.client.credentials.create({
		name: provider,
		type,
		data: { apiKey: 'ts_for_measuring', baseUrl },
	});
	return packNode(provider, type, credential, {
		resource: 'job',
		operation: 'transcribe',
		inputType: 'binaryFile',
		binaryPropertyName: 'data',
		wait: 'none',
		options: {},
	});
}

async function compared(
	n8n: N8nInstance,
	folder: string,
	ours: Uploader[],
	peers: Uploader[],
): Promise<string[]> {
	const lines: string[] = [];
	for (const megabytes of SIZES_IN_MEGABYTES) {
		const file = join(folder, `recording-${megabytes}.mp3`);
		await sparseFile(file, megabytes * MEGABYTE);
		const reading = await peak(n8n, chain('Read', [readFiles(file)]));
		lines.push(`${megabytes} MB: reading the file alone peaks at ${reading} MB`);
		const uploaders = megabytes === COMPARED_SIZE ? [...ours, ...peers] : ours;
		for (const [name, node] of uploaders) {
			const whole = await peak(n8n, chain(name, [readFiles(file), node]));
			const ratio = (whole / reading).toFixed(2);
			lines.push(`  ${name}: adds ${whole - reading} MB, ${ratio} times the peak of reading alone`);
		}
	}
	return lines;
}

/** Peak resident memory of a fresh n8n that runs a workflow once, in MB (Linux only). */
async function peak(n8n: N8nInstance, workflow: WorkflowJson): Promise<number> {
	await n8n.restart();
	const { id } = await n8n.client.createWorkflow(workflow);
	await forgetPeak(n8n.pid);
	await runToEnd(n8n, id, TIMEOUT_SECONDS);
	return Math.round(await peakMegabytes(n8n.pid));
}
