import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INode, INodeCredentials, INodeParameters, OnError } from 'n8n-workflow';
import { lookUntil } from '../../dev/lookUntil';
import type { N8nInstance } from '../../dev/n8n/instance';
import { samplesFolder } from '../../dev/paths';
import {
	type InterceptingProxy,
	placeForProxy,
	startInterceptingProxy,
} from '../../dev/proxy/interceptingProxy';
import { everyCall, PROVIDERS, shuffled } from '../everyOperation/operations';
import { type Answer, type Recorder, startRecorder } from '../everyOperation/recorder';
import { GIVEN_AUDIO_URL } from '../everyOperation/replies';
import { credentialData, type KnownSecret, leaksIn, secretsOf } from '../everyOperation/secrets';
import { readFileNode } from '../rig/providers/provider';
import { SecretWatch } from '../rig/secrets/secretWatch';
import { byHand, nodeOf, rowOf } from '../rig/workflows/workflows';
import { startN8n } from '../rig/n8n/n8n';

const SAMPLE = join(samplesFolder, 'voice-memo.m4a');
const ACCOUNTS = ['a', 'b'];
const CONTINUE: OnError = 'continueRegularOutput';
const DROPBOX = 'dropboxUploadOAuth2Api';
const PIXELS_BETWEEN = 100;
const DROPBOX_IS_ASKED_WITHIN_SECONDS = 20;

describe("each request of one n8n process carries its own credential's key and no other", () => {
	let folder: string;
	let n8n: N8nInstance;
	let recorder: Recorder;
	let proxy: InterceptingProxy;
	const credentials: Record<string, INodeCredentials> = {};
	const known = [...PROVIDERS, 'dropbox', 'storage'].flatMap((provider) =>
		ACCOUNTS.flatMap((account) => secretsOf(provider, account)),
	);
	let secrets: SecretWatch;
	/** What the providers answer in place of their usual replies. */
	let answer: Answer | undefined;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-keys-'));
		recorder = await startRecorder(() => answer);
		const place = await placeForProxy(folder);
		const hosts = { 'api.dropboxapi.com': recorder.addressOf('dropbox', 'a') };
		proxy = await startInterceptingProxy(place, hosts);
		secrets = watchOver(known, recorder, hosts);
		n8n = await startN8n({
			folder: join(folder, 'n8n'),
			fileFolders: [samplesFolder],
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
		secrets?.stop();
		await n8n?.stop();
		await proxy?.stop();
		await recorder?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	afterEach(() => (answer = undefined));

	/** Fails where a secret went to anybody else, or lies in what n8n keeps, as SecretWatch has it. */
	async function expectNoLeak(): Promise<void> {
		expect(recorder.requests.flatMap((request) => leaksIn(request, known))).toEqual([]);
		await secrets.searchFolder(folder);
		secrets.expectNoLeak();
	}

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

	/** Gives a file to nodes, and gives back what n8n has stored of it, also as text. */
	async function runAll(name: string, operations: INode[]) {
		recorder.requests.splice(0);
		const workflow = rowOf(name, byHand(), readFileNode(SAMPLE));
		workflow.nodes.push(...operations);
		const to = (node: INode) => ({ node: node.name, type: 'main' as const, index: 0 });
		workflow.connections.Read = { main: [operations.map(to)] };
		const { id } = await n8n.client.createWorkflow(workflow);
		const execution = await n8n.client.executions.end(await n8n.client.runWorkflow(id, 'By Hand'));
		const text = JSON.stringify(execution);
		secrets.searchText(`The execution of ${name}`, text);
		return { execution, text };
	}

	it.each([1, 2])('with every operation of every node, in order %i', async (seed) => {
		const operations = everyOperation(seed);
		const { execution, text } = await runAll(`Order ${seed}`, operations);

		expect(execution.data.resultData.error?.message).toBeUndefined();
		expect(Object.keys(execution.data.resultData.runData)).toHaveLength(operations.length + 2);
		// the only presigned address that is there to be given
		expect(text).toContain(GIVEN_AUDIO_URL);
		await expectNoLeak();
	});

	it('though providers repeat what they are sent as they refuse it', async () => {
		answer = repeated;
		const operations = everyOperation(1).map((node) => ({
			...node,
			parameters: withoutRetries(node.parameters),
			onError: CONTINUE,
		}));
		const { execution, text } = await runAll('Refused', operations);

		expect(Object.keys(execution.data.resultData.runData)).toHaveLength(operations.length + 2);
		expect(text).toContain('***');
		await expectNoLeak();
	});

	it.each(PROVIDERS)('though %s does, and the execution ends with that', async (provider) => {
		answer = repeated;
		const first = everyOperation(1).find(({ type }) => type.endsWith(`.${provider}`))!;
		const { execution } = await runAll(provider, [first]);

		expect(execution.data.resultData.error?.message).toContain('***');
		await expectNoLeak();
	});

	it('with the trigger of Dropbox among them', async () => {
		recorder.requests.splice(0);
		await watchDropbox();
		const isAsked = () => recorder.requests.length > 0 || undefined;
		await lookUntil(DROPBOX_IS_ASKED_WITHIN_SECONDS, isAsked);

		expect(recorder.requests.map(({ provider }) => provider)).toContain('dropbox');
		await expectNoLeak();
	});
});

function watchOver(
	known: KnownSecret[],
	recorder: Recorder,
	hosts: Record<string, string>,
): SecretWatch {
	const owners = known
		// it says who somebody is, and Whipscribe's account tells it
		.filter(({ field }) => field !== 'userEmail')
		.map((one) => [one.value, `${one.provider}/${one.account}`] as const);
	const { port } = new URL(recorder.addressOf('storage', 'a'));
	const ownerOf = (path: string) => path.split('/').slice(1, 3).join('/');
	return SecretWatch.over(new Map(owners), new Map([[Number(port), ownerOf]]), hosts);
}

const withoutRetries = ({ options, ...parameters }: INodeParameters): INodeParameters => ({
	...parameters,
	options: { ...(options as INodeParameters), maxRetries: 0 },
});

/** Refuses a request in its own words, but for one that asks for an address to upload to. */
const repeated: Answer = (response, { status, body }) => {
	const { method, url, rawHeaders } = response.req;
	const isUpload = method === 'POST' && /\/uploads?$/.test(url!);
	const sent = rawHeaders.filter((value) => value.includes('secret-'));
	const message = [...sent, `https://example.com${url}`, url].join(' ');
	const refusal = { code: message, message, detail: message, error: { code: message, message } };
	response.writeHead(isUpload ? status : 400, { 'content-type': 'application/json' });
	response.end(JSON.stringify(isUpload ? body : refusal));
};
