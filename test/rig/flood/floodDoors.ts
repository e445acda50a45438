import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import type { FloodOutcome } from './flood';
import { Gallery } from '../templates/gallery';
import { ASKED_WHAT_IT_HOLDS } from '../measuring/heldMemory';
import { EARLIER_ENGINE } from '../n8n/n8n';
import { publish, webhookNode } from '../workflows/published';
import { dropboxTarget, scriptivoxTarget, type Target, transcriptonTarget } from './webhookTargets';
import { byHand, nodeOf, rowOf } from '../workflows/workflows';
import { until } from '../basics/until';

const ENDLESS = 'https://example.com/slow-9999s.mp3';
const FOLDER = '/Flooded';

/** A URL of n8n that anybody can call: a published trigger, or a parked execution. */
export interface Door {
	name: string;
	target: Target;
	/** The workflow behind it. */
	workflowId: string;
	/** What has come of the calls up to now, e.g. executions. */
	happened(): Promise<number>;
	/** What has to come of a flood where each genuine call was taken, and not one hostile call. */
	due(calls: GenuineCalls): Due;
}

type GenuineCalls = Pick<FloodOutcome, 'genuine' | 'genuineAnswers'>;

/** How much has to have happened. */
export interface Due {
	least: number;
	most: number;
}

/** An n8n whose doors can be flooded: without limits of a provider, with Dropbox connected. */
export async function galleryWithDoors(): Promise<Gallery> {
	return await Gallery.start({
		environment: { ...EARLIER_ENGINE, ...ASKED_WHAT_IT_HOLDS },
		simulator: { scriptivox: { rateLimits: { enabled: false } } },
		hosts: ({ dropbox }) => dropbox.hosts(),
		authorize: ({ dropbox }) => ({
			dropboxUploadOAuth2Api: (url) => dropbox.authorize(url),
		}),
	});
}

/** A published workflow with one of the signed triggers. */
async function listening(
	gallery: Gallery,
	node: string,
	credentialType: string,
	parameters: INodeParameters,
) {
	const { client } = gallery.n8n;
	const trigger = {
		...nodeOf('Trigger', `n8n-nodes-transcription.${node}`, parameters, {
			[credentialType]: gallery.credential(credentialType),
		}),
		webhookId: randomUUID(),
	};
	const workflow = rowOf(node, trigger, nodeOf('Next', 'n8n-nodes-base.noOp'));
	const { id } = await client.createWorkflow(workflow);
	await client.publishWorkflow(id);
	return {
		workflowId: id,
		url: `${gallery.url}/webhook/${trigger.webhookId}/webhook`,
		happened: async () => await client.executions.count(id),
	};
}

const onceForEachEvent = ({ genuine }: GenuineCalls): Due => ({
	least: genuine.length,
	most: genuine.length,
});

/** The URL of a Webhook node of n8n's own, which takes whatever n8n hands on to a node. */
export async function peerUrl({ n8n }: Gallery): Promise<string> {
	const path = randomUUID();
	await publish(n8n, rowOf('Peer', webhookNode(path, 'onReceived')));
	return `${n8n.url}/webhook/${path}`;
}

/** The Scriptivox trigger of a published workflow. */
export async function scriptivoxDoor(gallery: Gallery): Promise<Door> {
	const { url, ...rest } = await listening(gallery, 'scriptivoxTrigger', 'scriptivoxApi', {
		options: { fetchTranscript: false },
	});
	const target = scriptivoxTarget(url, gallery.simulator.scriptivox.apiKey);
	return { ...rest, name: 'Scriptivox trigger', target, due: onceForEachEvent };
}

/** The Transcripton trigger of a published workflow. */
export async function transcriptonDoor(gallery: Gallery): Promise<Door> {
	const { url, ...rest } = await listening(gallery, 'transcriptonTrigger', 'transcriptonApi', {
		options: { fetchTranscript: false },
	});
	const target = transcriptonTarget(url, gallery.simulator.transcripton.webhookSecret);
	return { ...rest, name: 'Transcripton trigger', target, due: onceForEachEvent };
}

/** The Dropbox trigger of a published workflow; a genuine notification makes it look into its folder. */
export async function dropboxDoor(gallery: Gallery): Promise<Door & { folder: string }> {
	const { dropbox } = gallery.simulator;
	dropbox.addFolder(FOLDER);
	const { url, workflowId } = await listening(
		gallery,
		'dropboxUploadTrigger',
		'dropboxUploadOAuth2Api',
		{
			receive: 'webhook',
			folder: { __rl: true, mode: 'path', value: FOLDER },
			download: 'none',
		},
	);
	return {
		name: 'Dropbox trigger',
		folder: FOLDER,
		target: dropboxTarget(url, dropbox.settings.appSecret, dropbox.settings.accountId),
		workflowId,
		happened: async () => dropbox.statistics().requests['POST /files/list_folder/continue'] ?? 0,
		// one look serves all who wait for it; one that is played back is one more that Dropbox has signed
		due: ({ genuineAnswers }) => ({ least: 1, most: genuineAnswers.length }),
	};
}

/** A parked execution; genuine events are about other jobs here: they are taken, and change nothing. */
export async function parkedDoor(gallery: Gallery): Promise<Door & { executionId: string }> {
	const { client, url: n8nUrl } = gallery.n8n;
	const { scriptivox } = gallery.simulator;
	const transcribe = nodeOf(
		'Transcribe',
		'n8n-nodes-transcription.scriptivox',
		{
			inputType: 'url',
			url: ENDLESS,
			wait: 'webhook',
			// while it looks by itself, n8n answers calls with 409
			options: { pollIntervalSeconds: 3600 },
		},
		{ scriptivoxApi: gallery.credential('scriptivoxApi') },
	);
	const row = {
		...rowOf('Parked', byHand(), transcribe),
		settings: { saveManualExecutions: true },
	};
	const { id } = await client.createWorkflow(row);
	const executionId = await client.runWorkflow(id, 'By Hand');
	const statusOf = async () => (await client.executions.get(executionId)).status;
	await until('parked', async () => (await statusOf()) === 'waiting');
	const callback = new URL(scriptivox.jobs().at(-1)!.webhookUrl!);
	return {
		name: 'Parked execution',
		target: scriptivoxTarget(`${n8nUrl}${callback.pathname}${callback.search}`, scriptivox.apiKey),
		workflowId: id,
		executionId,
		happened: async () => ((await statusOf()) === 'waiting' ? 0 : 1),
		due: () => ({ least: 0, most: 0 }),
	};
}
