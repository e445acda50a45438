import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeCredentials } from 'n8n-workflow';
import type { N8nInstance } from '../../dev/n8n/instance';
import {
	type InterceptingProxy,
	placeForProxy,
	startInterceptingProxy,
} from '../../dev/proxy/interceptingProxy';
import { everyCall, PROVIDERS, shuffled } from '../everyOperation/operations';
import { type Recorder, startRecorder } from '../everyOperation/recorder';
import { credentialData, leaksIn, secretsOf } from '../everyOperation/secrets';
import { readFileNode } from '../rig/provider';
import { byHand, nodeOf, rowOf } from '../rig/workflows';
import { startN8n } from '../rig/n8n';

const SAMPLE = resolve(__dirname, '../../dev/samples/voice-memo.m4a');
const ACCOUNTS = ['a', 'b'];
const DROPBOX = 'dropboxUploadOAuth2Api';
const PIXELS_BETWEEN = 100;
const DROPBOX_IS_ASKED_WITHIN_MS = 20_000;

describe("each request of one n8n process carries its own credential's key and no other", () => {
	let folder: string;
	let n8n: N8nInstance;
	let recorder: Recorder;
	let proxy: InterceptingProxy;
	const credentials: Record<string, INodeCredentials> = {};
	const known = [...PROVIDERS, 'dropbox'].flatMap((provider) =>
		ACCOUNTS.flatMap((account) => secretsOf(provider, account)),
	);

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-keys-'));
		recorder = await startRecorder();
		const place = await placeForProxy(folder);
		proxy = await startInterceptingProxy(place, {
			'api.dropboxapi.com': recorder.addressOf('dropbox', 'a'),
		});
		n8n = await startN8n({
			folder: join(folder, 'n8n'),
			fileFolders: [resolve(SAMPLE, '..')],
			environment: place.environment,
		});
		for (const provider of PROVIDERS) {
			for (const account of ACCOUNTS) {
				const type = `${provider}Api`;
				const name = `${provider} ${account}`;
				const data = credentialData(provider, account, recorder);
				credentials[name] = { [type]: await n8n.client.credentials.create({ name, type, data }) };
			}
		}
	});

	afterAll(async () => {
		await n8n?.stop();
		await proxy?.stop();
		await recorder?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	/** A node for each operation and account, one below the other: n8n runs them from top to bottom. */
	function everyOperation(seed: number): INode[] {
		const calls = everyCall.flatMap((call) => ACCOUNTS.map((account) => ({ ...call, account })));
		return shuffled(calls, seed).map(
			({ provider, account, resource, operation, parameters }, index) => ({
				...nodeOf(
					`${index} ${provider} ${account} ${resource} ${operation}`,
					`n8n-nodes-transcription.${provider}`,
					{ resource, operation, ...parameters },
					credentials[`${provider} ${account}`],
				),
				position: [0, index * PIXELS_BETWEEN],
			}),
		);
	}

	/** A published trigger on a folder of Dropbox, which asks where the folder's changes begin. */
	async function watchDropbox(): Promise<void> {
		const [accessToken, clientSecret, refreshToken] = secretsOf('dropbox', 'a').map(
			({ value }) => value,
		);
		const credential = await n8n.client.credentials.create({
			name: 'Dropbox',
			type: DROPBOX,
			data: {
				clientId: 'app-key',
				clientSecret,
				oauthTokenData: { access_token: accessToken, refresh_token: refreshToken },
			},
		});
		const trigger = {
			...nodeOf(
				'Dropbox',
				'n8n-nodes-transcription.dropboxUploadTrigger',
				{ folder: { __rl: true, mode: 'path', value: '/Recordings' }, receive: 'webhook' },
				{ [DROPBOX]: credential },
			),
			webhookId: randomUUID(),
		};
		const workflow = rowOf('Dropbox', trigger, nodeOf('End', 'n8n-nodes-base.noOp'));
		const { id } = await n8n.client.createWorkflow(workflow);
		await n8n.client.publishWorkflow(id);
	}

	it.each([1, 2])('with every operation of every node, in order %i', async (seed) => {
		recorder.requests.splice(0);
		const operations = everyOperation(seed);
		const workflow = rowOf(`Order ${seed}`, byHand(), readFileNode(SAMPLE));
		workflow.nodes.push(...operations);
		const to = ({ name }: INode) => ({ node: name, type: 'main' as const, index: 0 });
		workflow.connections.Read = { main: [operations.map(to)] };

		const { id } = await n8n.client.createWorkflow(workflow);
		const execution = await n8n.client.executions.end(await n8n.client.runWorkflow(id, 'By Hand'));

		expect(execution.data.resultData.error?.message).toBeUndefined();
		expect(Object.keys(execution.data.resultData.runData)).toHaveLength(operations.length + 2);
		expect(recorder.requests.flatMap((request) => leaksIn(request, known))).toEqual([]);
	});

	it('with the trigger of Dropbox among them', async () => {
		recorder.requests.splice(0);
		await watchDropbox();
		const deadline = Date.now() + DROPBOX_IS_ASKED_WITHIN_MS;
		while (recorder.requests.length === 0 && Date.now() < deadline) await sleep(100);

		expect(recorder.requests.map(({ provider }) => provider)).toContain('dropbox');
		expect(recorder.requests.flatMap((request) => leaksIn(request, known))).toEqual([]);
	});
});
