import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import type { N8nInstance } from '../../dev/n8n/instance';
import { Gallery } from '../rig/templates/gallery';
import { genuineRequest } from '../rig/flood/hostileRequests';
import { CALLS_AT_ONCE, eachAtOnce, publish, webhookNode } from '../rig/workflows/published';
import { scriptivoxTarget } from '../rig/flood/webhookTargets';
import { nodeOf, rowOf } from '../rig/workflows/workflows';
import { median } from './bench';
import type { Bench } from './bench';
import { ifEqual } from './workflows';

const EVENTS = 200;
const ROUNDS = 3;
const LOOK_AGAIN_MS = 50;
const LONGEST_SECONDS = 120;
/** What n8n is told of its expression engine, by the name that the lines have for it. */
const ENGINES = {
	legacy: { N8N_EXPRESSION_ENGINE: 'legacy' },
	vm: {},
	'vm, lazy': { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
};
const WRONG_KEY = 'another key';

/** A published workflow that events are sent to. */
interface Receiver {
	id: string;
	url: string;
	/** How many executions an event with a wrong signature starts. */
	executionsOfHostile: 0 | 1;
}

/** Events a second through a signed trigger, beside n8n's own Webhook with Crypto and If. */
export const events: Bench = {
	title: `${EVENTS} signed events, ${CALLS_AT_ONCE} at a time, until the last execution has ended`,
	async run() {
		const lines: string[] = [];
		for (const [engine, environment] of Object.entries(ENGINES)) {
			lines.push(...(await measured(engine, environment)));
		}
		return lines;
	},
};

async function measured(engine: string, environment: Record<string, string>): Promise<string[]> {
	const gallery = await Gallery.start({ environment });
	try {
		const { apiKey } = gallery.simulator.scriptivox;
		const receivers = { trigger: await ownTrigger(gallery), peer: await peer(gallery.n8n, apiKey) };
		const lines: string[] = [];
		for (const [kind, key] of [
			['genuine', apiKey],
			['with a wrong signature', WRONG_KEY],
		] as const) {
			const seconds: Record<keyof typeof receivers, number[]> = { trigger: [], peer: [] };
			// the first round warms both up
			for (let round = 0; round <= ROUNDS; round++) {
				for (const name of ['trigger', 'peer'] as const) {
					const receiver = receivers[name];
					const executions = key === apiKey ? 1 : receiver.executionsOfHostile;
					const took = await secondsFor(gallery.n8n, receiver, key, executions);
					if (round > 0) seconds[name].push(took);
				}
			}
			const [own, other] = [median(seconds.trigger), median(seconds.peer)];
			const speed = (took: number) => `${(EVENTS / took).toFixed(0)} a second`;
			lines.push(
				`engine ${engine}, ${kind}: trigger ${speed(own)}, Webhook with Crypto and If ${speed(other)} (${(other / own).toFixed(2)} times as many)`,
			);
		}
		return lines;
	} finally {
		await gallery.stop();
	}
}

async function ownTrigger(gallery: Gallery): Promise<Receiver> {
	const trigger: INode = {
		...nodeOf(
			'Trigger',
			'n8n-nodes-transcription.scriptivoxTrigger',
			{ options: { fetchTranscript: false } },
			{ scriptivoxApi: gallery.credential('scriptivoxApi') },
		),
		webhookId: randomUUID(),
	};
	const id = await publish(
		gallery.n8n,
		rowOf('Trigger', trigger, nodeOf('Next', 'n8n-nodes-base.noOp')),
	);
	const url = `${gallery.n8n.url}/webhook/${trigger.webhookId}/webhook`;
	return { id, url, executionsOfHostile: 0 };
}

/** What a user builds without the pack, by the vendor's page on webhooks. */
async function peer(n8n: N8nInstance, apiKey: string): Promise<Receiver> {
	const path = randomUUID();
	const hook = webhookNode(path, 'onReceived');
	const header = (name: string) => `$('Hook').item.json.headers['x-scriptivox-${name}']`;
	const hash = nodeOf('Hash', 'n8n-nodes-base.crypto', {
		action: 'hmac',
		type: 'SHA256',
		value: `={{ ${header('timestamp')} + '.' + JSON.stringify($json.body) }}`,
		dataPropertyName: 'expected',
		secret: createHash('sha256').update(apiKey).digest('hex'),
	});
	const check = ifEqual('Check', '={{ $json.expected }}', `={{ ${header('signature')} }}`);
	const id = await publish(
		n8n,
		rowOf('Webhook', hook, hash, check, nodeOf('Next', 'n8n-nodes-base.noOp')),
	);
	return { id, url: `${n8n.url}/webhook/${path}`, executionsOfHostile: 1 };
}

/** Seconds until all events are answered and what they have started has ended. */
async function secondsFor(
	n8n: N8nInstance,
	{ id, url }: Receiver,
	key: string,
	executionsEach: number,
): Promise<number> {
	const target = scriptivoxTarget(url, key);
	const requests = Array.from({ length: EVENTS }, () => genuineRequest(target, randomUUID()));
	const before = await n8n.client.executions.count(id, 'success');
	const started = performance.now();
	await eachAtOnce(requests, CALLS_AT_ONCE, async ({ headers, body }) => {
		const reply = await fetch(url, { method: 'POST', headers, body });
		await reply.arrayBuffer();
	});
	const wanted = before + EVENTS * executionsEach;
	const deadline = Date.now() + LONGEST_SECONDS * 1000;
	for (;;) {
		const ended = await n8n.client.executions.count(id, 'success');
		if (ended >= wanted) break;
		if (Date.now() > deadline) throw new Error(`Only ${ended} of ${wanted} executions ended`);
		await sleep(LOOK_AGAIN_MS);
	}
	return (performance.now() - started) / 1000;
}
