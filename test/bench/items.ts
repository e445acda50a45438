import { setTimeout as sleep } from 'node:timers/promises';
import { N8nInstance } from '../../dev/n8n/instance';
import type { CredentialReference } from '../../dev/n8n/types';
import { packTarball } from '../../dev/pack';
import { inTemporaryFolder, median, runToEnd } from './bench';
import type { Bench } from './bench';
import { startSimulatorProcess } from './simulatorProcess';
import type { SimulatorProcess } from './simulatorProcess';
import { chain, packNode } from './workflows';

const COUNTS = [1, 100, 10_000];
const AT_ONCE = 10;
const ROUNDS = 5;
/** With more items one round is enough. */
const MANY = 1000;
const TIMEOUT_SECONDS = 300;
const LOOK_AGAIN_MS = 200;

/** What an item costs in a node that reads a finished job, beside n8n's own node for HTTP. */
export const items: Bench = {
	title: `one read for each of ${COUNTS.join(', ')} items, ${AT_ONCE} at a time`,
	async run() {
		return await inTemporaryFolder(async (folder) => {
			const simulator = await startSimulatorProcess(['--unlimited']);
			const n8n = await N8nInstance.start({ folder, pack: await packTarball() });
			try {
				const job = await finishedJob(simulator);
				const credential = await n8n.client.credentials.create({
					name: 'Scriptivox',
					type: 'scriptivoxApi',
					data: { apiKey: simulator.apiKey, baseUrl: simulator.baseUrl },
				});
				const nodes = {
					ours: ourRead(credential, job),
					peer: peerRead(credential, `${simulator.baseUrl}/transcribe/${job}`),
				};
				const lines: string[] = [];
				for (const count of COUNTS) lines.push(await measured(n8n, nodes, count));
				return lines;
			} finally {
				await n8n.stop();
				await simulator.stop();
			}
		});
	},
};

/** A transcription that has ended, by its ID. */
async function finishedJob({ baseUrl, apiKey }: SimulatorProcess): Promise<string> {
	const headers = { authorization: apiKey, 'content-type': 'application/json' };
	const body = JSON.stringify({ url: 'https://example.com/talk.mp3' });
	const started = await fetch(`${baseUrl}/transcribe`, { method: 'POST', headers, body });
	if (!started.ok) throw new Error(`The simulator answered ${started.status}`);
	const { id } = (await started.json()) as { id: string };
	for (;;) {
		const reply = await fetch(`${baseUrl}/transcribe/${id}`, { headers });
		if (((await reply.json()) as { status: string }).status === 'completed') return id;
		await sleep(LOOK_AGAIN_MS);
	}
}

function ourRead(credential: CredentialReference, job: string) {
	return packNode('scriptivox', 'scriptivoxApi', credential, {
		resource: 'transcription',
		operation: 'get',
		transcriptionId: { __rl: true, mode: 'id', value: job },
		options: { maxParallel: AT_ONCE, requestsPerMinute: 0 },
	});
}

function peerRead(credential: CredentialReference, url: string) {
	return {
		name: 'Measured',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'scriptivoxApi',
			options: { batching: { batch: { batchSize: AT_ONCE, batchInterval: 0 } } },
		},
		credentials: { scriptivoxApi: credential },
	};
}

async function measured(
	n8n: N8nInstance,
	{ ours, peer }: Record<'ours' | 'peer', ReturnType<typeof packNode>>,
	count: number,
): Promise<string> {
	const code = `return Array.from({ length: ${count} }, (_, number) => ({ json: { number } }));`;
	const make = {
		name: 'Make',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: code },
	};
	const millisecondsOf = async (node: typeof ours): Promise<number> => {
		const { id } = await n8n.client.createWorkflow(chain(node.type, [make, node]));
		const execution = await runToEnd(n8n, id, TIMEOUT_SECONDS);
		const run = execution.data.resultData.runData.Measured?.[0];
		if (run?.data?.main?.[0]?.length !== count) throw new Error('Not every item was read');
		return run.executionTime;
	};
	const own: number[] = [];
	const other: number[] = [];
	for (let round = 0; round < (count > MANY ? 1 : ROUNDS); round++) {
		own.push(await millisecondsOf(ours));
		other.push(await millisecondsOf(peer));
	}
	const each = (total: number) => `${(total / count).toFixed(2)} ms an item`;
	const times = (median(own) / median(other)).toFixed(2);
	return `${count} items: ${each(median(own))}, HTTP Request ${each(median(other))} (${times} times)`;
}
