import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { N8nInstance } from '../../dev/n8n/instance';
import type { CredentialReference, WorkflowJson } from '../../dev/n8n/types';
import { packTarball } from '../../dev/pack';
import { inTemporaryFolder, median, runToEnd } from './bench';
import { CpuProfile, type Parts } from '../rig/measuring/cpuProfile';
import type { Bench } from './bench';
import { startSimulatorProcess } from './simulatorProcess';
import { chain, httpRequest, packNode, readFiles } from './workflows';

const FILES = 200;
const BYTES = 256 * 1024;
const PARALLEL = 10;
/** Three are not enough: the first are taken before the code of either side is warm. */
const ROUNDS = 9;
const TIMEOUT_SECONDS = 120;
/** What n8n's process does while the node runs, by the functions' names and places. */
const PARTS: Parts = {
	"n8n's storage of files": /\/n8n-core\/dist\/binary-data\//,
	"the credential, from n8n's database": /\b_?getCredentials\b|credentials-helper|typeorm|sqlite3/,
	"n8n's request helper, with axios": /\/axios\/|\/@n8n\/backend-network\/|request-helper/,
	"Node.js's network code":
		/node:(?:net|_?http|_?tls|internal\/(?:streams|stream_base|net|http|dns))/,
	'the pack': /n8n-nodes-transcription/,
	'garbage collection': /\(garbage collector\)/,
};
const PEER_NODES = ['Presign', 'Both', 'Put', 'Begin'];

/**
 * 200 files of 256 kB through `transcribe`, beside three HTTP Request nodes and bare fetch calls, which make
 * the same three requests a file.
 */
export const throughput: Bench = {
	title: `${FILES} files of 256 kB, ${PARALLEL} at a time, against a simulator without limits`,
	async run() {
		return await inTemporaryFolder(async (folder) => {
			const recordings = join(folder, 'recordings');
			await makeRecordings(recordings);
			const simulator = await startSimulatorProcess(['--unlimited']);
			const profile = new CpuProfile(folder);
			const n8n = await N8nInstance.start({
				folder: join(folder, 'n8n'),
				pack: await packTarball(),
				fileFolders: [folder],
				environment: profile.environment,
			});
			try {
				const credential = await n8n.client.credentials.create({
					name: 'Scriptivox',
					type: 'scriptivoxApi',
					data: { apiKey: simulator.apiKey, baseUrl: simulator.baseUrl },
				});
				const read = readFiles(join(recordings, '*.mp3'));
				const ours = await n8n.client.createWorkflow(chain('Node', [read, ourNode(credential)]));
				const peer = await n8n.client.createWorkflow(
					httpRequests(read, credential, simulator.baseUrl),
				);
				const seconds = { ours: [] as number[], peer: [] as number[], bare: [] as number[] };
				for (let round = 0; round < ROUNDS; round++) {
					seconds.bare.push(await bareFetch(recordings, simulator));
					seconds.ours.push(await secondsOf(n8n, ours.id, ['Measured']));
					seconds.peer.push(await secondsOf(n8n, peer.id, PEER_NODES));
				}
				const shares = await profile.sharesDuring(n8n.pid!, PARTS, async () =>
					secondsOf(n8n, ours.id, ['Measured']),
				);
				const lines = report(median(seconds.ours), median(seconds.peer), median(seconds.bare));
				return [...lines, ...shares.map(shareLine)];
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

function ourNode(credential: CredentialReference) {
	return packNode('scriptivox', 'scriptivoxApi', credential, {
		resource: 'transcription',
		operation: 'transcribe',
		inputType: 'binaryFile',
		binaryPropertyName: 'data',
		wait: 'none',
		options: { maxParallel: PARALLEL, requestsPerMinute: 0 },
	});
}

/** What takes the same files through with n8n's own nodes: presign, put the file back beside it, upload, start. */
function httpRequests(
	read: ReturnType<typeof readFiles>,
	credential: CredentialReference,
	baseUrl: string,
): WorkflowJson {
	const withKey = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'scriptivoxApi',
	};
	const posts = (name: string, path: string, body: string) => ({
		...httpRequest('POST', baseUrl + path, { specifyBody: 'json', jsonBody: body, ...withKey }),
		name,
		credentials: { scriptivoxApi: credential },
	});
	const put = httpRequest('PUT', '={{ $json.upload_url }}', {
		sendHeaders: true,
		specifyHeaders: 'json',
		jsonHeaders: '={{ JSON.stringify($json.headers) }}',
		contentType: 'binaryData',
		inputDataFieldName: 'data',
	});
	const workflow = chain('HTTP Request nodes', [
		read,
		posts('Presign', '/upload', '={{ { filename: $json.fileName } }}'),
		{
			name: 'Both',
			type: 'n8n-nodes-base.merge',
			typeVersion: 3,
			parameters: { mode: 'combine', combineBy: 'combineByPosition', options: {} },
		},
		{ ...put, name: 'Put' },
		posts(
			'Begin',
			'/transcribe',
			"={{ { upload_id: $('Both').item.json.upload_id, diarize: false, align: false } }}",
		),
	]);
	workflow.connections.Read!.main![0]!.push({ node: 'Both', type: 'main', index: 1 });
	return workflow;
}

/** Seconds that nodes took, as n8n's own record has it. */
async function secondsOf(n8n: N8nInstance, workflowId: string, names: string[]): Promise<number> {
	const execution = await runToEnd(n8n, workflowId, TIMEOUT_SECONDS);
	const runs = names.map((name) => execution.data.resultData.runData[name]?.[0]);
	if (runs.at(-1)?.data?.main?.[0]?.length !== FILES)
		throw new Error('Not every file went through');
	return runs.reduce((total, run) => total + run!.executionTime, 0) / 1000;
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

function shareLine([part, share]: [string, number]): string {
	return `${(share * 100).toFixed(0)} % of the work of n8n's process in one more round: ${part}`;
}

function report(ours: number, peer: number, bare: number): string[] {
	const speed = (seconds: number) =>
		`${seconds.toFixed(2)} s, ${(FILES / seconds).toFixed(0)} files/s`;
	return [
		`node: ${speed(ours)}`,
		`HTTP Request nodes: ${speed(peer)}`,
		`bare fetch: ${speed(bare)}`,
		`the node reaches ${(peer / ours).toFixed(2)} of the HTTP Request nodes and ${(bare / ours).toFixed(2)} of bare fetch (median of ${ROUNDS} rounds each)`,
	];
}
