import type { CredentialReference, WorkflowJson } from '../../dev/n8n/types';
import type { N8nInstance } from '../../dev/n8n/instance';
import { Gallery } from '../rig/templates/gallery';
import {
	callMany,
	CALLS_AT_ONCE,
	numbered,
	publish,
	webhookNode,
} from '../rig/workflows/published';
import { nodeOf, rowOf } from '../rig/workflows/workflows';
import { median } from './bench';
import type { Bench } from './bench';
import { until } from '../rig/basics/until';

const PARKED = 500;
const CALLS = 200;
const ROUNDS = 5;
const LONGEST_SECONDS = 900;
/** Nobody looks while the other workflow is measured; those whose callback a busy n8n refuses look then. */
const FIRST_LOOK_SECONDS = 240;

/** How fast another workflow runs while 500 executions wait for their callbacks, beside none. */
export const parked: Bench = {
	title: `${CALLS} runs of another workflow, ${CALLS_AT_ONCE} at a time, beside ${PARKED} parked executions`,
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
				await until(
					`${PARKED} executions are "${status}"`,
					async () => (await n8n.client.executions.count(parking, status)) === PARKED,
					LONGEST_SECONDS,
				);
			await callMany(`${n8n.url}/webhook/other`, numbered(CALLS));
			const alone = await secondsOf(n8n);
			await callMany(`${n8n.url}/webhook/park`, numbered(PARKED));
			await untilAllAre('waiting');
			const beside = await secondsOf(n8n);
			const stillParked = await n8n.client.executions.count(parking, 'waiting');
			if (stillParked !== PARKED) throw new Error(`Only ${stillParked} were parked all the time`);
			const called = performance.now();
			simulator.scriptivox.finishJobs();
			await untilAllAre('success');
			const ended = (performance.now() - called) / 1000;
			return [...report(median(alone), median(beside)), endOf(ended)];
		} finally {
			await gallery.stop();
		}
	},
};

function otherWorkflow(): WorkflowJson {
	const assignments = [
		{ id: 'a', name: 'number', type: 'number', value: '={{ $json.body.number }}' },
	];
	const set = nodeOf('Set', 'n8n-nodes-base.set', { assignments: { assignments }, options: {} });
	return rowOf('Other', webhookNode('other', 'lastNode'), { ...set, typeVersion: 3.4 });
}

function parkingWorkflow(credential: CredentialReference): WorkflowJson {
	const parameters = {
		resource: 'transcription',
		operation: 'transcribe',
		inputType: 'url',
		url: '=https://example.com/slow-9999s-{{ $json.body.number }}.mp3',
		wait: 'webhook',
		options: { requestsPerMinute: 0, pollIntervalSeconds: FIRST_LOOK_SECONDS },
	};
	const transcribe = nodeOf('Transcribe', 'n8n-nodes-transcription.scriptivox', parameters, {
		scriptivoxApi: credential,
	});
	return rowOf('Parked', webhookNode('park', 'onReceived'), transcribe);
}

/** Seconds that each round of the other workflow takes. */
async function secondsOf(n8n: N8nInstance): Promise<number[]> {
	const seconds: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const started = performance.now();
		await callMany(`${n8n.url}/webhook/other`, numbered(CALLS));
		seconds.push((performance.now() - started) / 1000);
	}
	return seconds;
}

function report(alone: number, beside: number): string[] {
	const speed = (seconds: number) => `${(CALLS / seconds).toFixed(0)} executions/s`;
	return [
		`none parked: ${alone.toFixed(2)} s, ${speed(alone)}`,
		`${PARKED} parked: ${beside.toFixed(2)} s, ${speed(beside)}`,
		`the other workflow runs at ${(alone / beside).toFixed(2)} of its speed (median of ${ROUNDS} rounds each)`,
	];
}

function endOf(seconds: number): string {
	return `all ${PARKED} were called back at once, and had ended with their transcript after ${seconds.toFixed(0)} s`;
}
