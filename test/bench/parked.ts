import type { INode } from 'n8n-workflow';
import type { CredentialReference, WorkflowJson } from '../../dev/n8n/types';
import type { N8nInstance } from '../../dev/n8n/instance';
import { Gallery } from '../rig/gallery';
import { nodeOf, rowOf } from '../rig/workflows';
import { median } from './bench';
import type { Bench } from './bench';

const PARKED = 500;
const AT_ONCE = 10;
const CALLS = 200;
const ROUNDS = 5;
const LONGEST_SECONDS = 600;

/** How fast another workflow runs while 500 executions wait for their callbacks, beside none. */
export const parked: Bench = {
	title: `${CALLS} runs of another workflow, ${AT_ONCE} at a time, beside ${PARKED} parked executions`,
	async run() {
		const gallery = await Gallery.start({
			// see test/n8n/wait-for-callback.test.ts
			editor: true,
			simulator: { scriptivox: { rateLimits: { enabled: false } } },
		});
		const { n8n, simulator } = gallery;
		try {
			await publish(n8n, otherWorkflow());
			const parking = await publish(n8n, parkingWorkflow(gallery.credential('scriptivoxApi')));
			const untilAllAre = async (status: string) =>
				await gallery.until(
					`${PARKED} executions are "${status}"`,
					async () => (await countOf(n8n, parking, status)) === PARKED,
					LONGEST_SECONDS,
				);
			await callMany(n8n, 'other', CALLS);
			const alone = await secondsOf(n8n);
			await callMany(n8n, 'park', PARKED);
			await untilAllAre('waiting');
			const beside = await secondsOf(n8n);
			const stillParked = await countOf(n8n, parking, 'waiting');
			if (stillParked !== PARKED) throw new Error(`Only ${stillParked} were parked all the time`);
			simulator.scriptivox.finishJobs();
			await untilAllAre('success');
			return report(median(alone), median(beside));
		} finally {
			await gallery.stop();
		}
	},
};

function hook(path: string, responseMode: string): INode {
	const parameters = { httpMethod: 'POST', path, responseMode, options: {} };
	return {
		...nodeOf('Hook', 'n8n-nodes-base.webhook', parameters),
		typeVersion: 2,
		webhookId: path,
	};
}

function otherWorkflow(): WorkflowJson {
	const assignments = [
		{ id: 'a', name: 'number', type: 'number', value: '={{ $json.body.number }}' },
	];
	const set = nodeOf('Set', 'n8n-nodes-base.set', { assignments: { assignments }, options: {} });
	return inOrder(rowOf('Other', hook('other', 'lastNode'), { ...set, typeVersion: 3.4 }));
}

function parkingWorkflow(credential: CredentialReference): WorkflowJson {
	const parameters = {
		resource: 'transcription',
		operation: 'transcribe',
		inputType: 'url',
		url: '=https://example.com/slow-9999s-{{ $json.body.number }}.mp3',
		wait: 'webhook',
		// nobody looks while the other workflow is measured
		options: { requestsPerMinute: 0, pollIntervalSeconds: 3600 },
	};
	const transcribe = nodeOf('Transcribe', 'n8n-nodes-transcription.scriptivox', parameters, {
		scriptivoxApi: credential,
	});
	return inOrder(rowOf('Parked', hook('park', 'onReceived'), transcribe));
}

/** With the order of execution that the editor gives to new workflows. */
function inOrder(workflow: WorkflowJson): WorkflowJson {
	return { ...workflow, settings: { executionOrder: 'v1' } };
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

function report(alone: number, beside: number): string[] {
	const speed = (seconds: number) => `${(CALLS / seconds).toFixed(0)} executions/s`;
	return [
		`none parked: ${alone.toFixed(2)} s, ${speed(alone)}`,
		`${PARKED} parked: ${beside.toFixed(2)} s, ${speed(beside)}`,
		`the other workflow runs at ${(alone / beside).toFixed(2)} of its speed (median of ${ROUNDS} rounds each)`,
		`all ${PARKED} ended with their transcript when they were called back`,
	];
}
