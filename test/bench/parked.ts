import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { CredentialReference, WorkflowJson } from '../../dev/n8n/types';
import { N8nInstance } from '../../dev/n8n/instance';
import { packTarball } from '../../dev/pack';
import { startSimulator } from '../../dev/simulator/server';
import { inTemporaryFolder, median } from './bench';
import type { Bench } from './bench';
import { packNode } from './workflows';

const PARKED = 500;
const AT_ONCE = 10;
const CALLS = 200;
const ROUNDS = 5;
const LONGEST_MS = 10 * 60_000;

/** How fast another workflow runs while 500 executions wait for their callbacks, beside none. */
export const parked: Bench = {
	title: `${CALLS} runs of another workflow, ${AT_ONCE} at a time, beside ${PARKED} parked executions`,
	async run() {
		return await inTemporaryFolder(async (folder) => {
			const simulator = await startSimulator({ scriptivox: { rateLimits: { enabled: false } } });
			const n8n = await N8nInstance.start({
				folder: join(folder, 'n8n'),
				pack: await packTarball(),
			});
			try {
				const credential = await n8n.client.createCredential({
					name: 'Scriptivox',
					type: 'scriptivoxApi',
					data: {
						apiKey: simulator.scriptivox.apiKey,
						baseUrl: simulator.scriptivox.baseUrl,
					},
				});
				await publish(n8n, otherWorkflow());
				const parking = await publish(n8n, parkingWorkflow(credential));
				await callMany(n8n, 'other', CALLS);
				const alone = await secondsOf(n8n);
				await callMany(n8n, 'park', PARKED);
				await until(async () => (await countOf(n8n, parking, 'waiting')) === PARKED);
				const beside = await secondsOf(n8n);
				const stillParked = await countOf(n8n, parking, 'waiting');
				if (stillParked !== PARKED) throw new Error(`Only ${stillParked} were parked all the time`);
				simulator.scriptivox.finishJobs();
				await until(async () => (await countOf(n8n, parking, 'success')) === PARKED);
				return report(median(alone), median(beside));
			} finally {
				await n8n.stop();
				await simulator.stop();
			}
		});
	},
};

function hook(path: string): INode {
	return {
		id: randomUUID(),
		name: 'Hook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: path,
		parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
	};
}

function rowBehind(name: string, first: INode, then: Omit<INode, 'id' | 'position'>): WorkflowJson {
	const second: INode = { id: randomUUID(), position: [220, 0], ...then };
	return {
		name,
		nodes: [first, second],
		connections: { [first.name]: { main: [[{ node: second.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

function otherWorkflow(): WorkflowJson {
	return rowBehind('Other', hook('other'), {
		name: 'Set',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: {
				assignments: [
					{ id: 'a', name: 'number', type: 'number', value: '={{ $json.body.number }}' },
				],
			},
			options: {},
		},
	});
}

function parkingWorkflow(credential: CredentialReference): WorkflowJson {
	const first = hook('park');
	first.parameters.responseMode = 'onReceived';
	const transcribe = packNode('scriptivox', 'scriptivoxApi', credential, {
		resource: 'transcription',
		operation: 'transcribe',
		inputType: 'url',
		url: '=https://example.com/slow-9999s-{{ $json.body.number }}.mp3',
		wait: 'webhook',
		// nobody looks while the other workflow is measured
		options: { requestsPerMinute: 0, pollIntervalSeconds: 3600 },
	});
	return rowBehind('Parked', first, { typeVersion: 1, ...transcribe });
}

async function publish(n8n: N8nInstance, workflow: WorkflowJson): Promise<string> {
	const { id } = await n8n.client.createWorkflow(workflow);
	await n8n.client.publishWorkflow(id);
	return id;
}

async function callMany(n8n: N8nInstance, path: string, count: number): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const answer = await fetch(`${n8n.url}/webhook/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ number: next++ }),
			});
			if (!answer.ok) throw new Error(`The workflow was answered with ${answer.status}`);
			await answer.arrayBuffer();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Seconds that each round of the other workflow takes. */
async function secondsOf(n8n: N8nInstance): Promise<number[]> {
	const seconds: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const started = performance.now();
		await callMany(n8n, 'other', CALLS);
		seconds.push((performance.now() - started) / 1000);
	}
	return seconds;
}

/** How many executions of a workflow are in a status, as n8n counts them. */
async function countOf(n8n: N8nInstance, workflowId: string, status: string): Promise<number> {
	const { count } = await n8n.client.request<{ count: number }>('GET', '/rest/executions', {
		query: { filter: JSON.stringify({ workflowId, status: [status] }), limit: '1' },
	});
	return count;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + LONGEST_MS;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error('The executions did not get so far in time');
		await sleep(500);
	}
}

function report(alone: number, beside: number): string[] {
	const speed = (seconds: number) => `${(CALLS / seconds).toFixed(0)} executions/s`;
	return [
		`none parked: ${alone.toFixed(2)} s, ${speed(alone)}`,
		`${PARKED} parked: ${beside.toFixed(2)} s, ${speed(beside)}`,
		`the other workflow runs at ${(alone / beside).toFixed(2)} of its speed (median of ${ROUNDS} rounds each)`,
		`all ${PARKED} ended with their transcript when they were called back`,
	];
}
