import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import { N8nInstance } from '../../dev/n8n/instance';
import type { CredentialReference } from '../../dev/n8n/types';
import { packTarball } from '../../dev/pack';
import { type Simulator, startSimulator } from '../../dev/simulator/server';
import { byHand, nodeOf, outputOf, rowOf } from './workflows';

const TYPE = 'scriptivoxApi';
const SAMPLE = resolve(__dirname, '../../dev/samples/morning-briefing.wav');
const URL_OF_A_RECORDING = 'https://example.com/recording.mp3';

describe('Scriptivox in n8n', () => {
	let folder: string;
	let recordings: string;
	let n8n: N8nInstance;
	let simulator: Simulator;
	let credential: CredentialReference;

	const credentialData = () => ({
		apiKey: simulator.scriptivox.apiKey,
		baseUrl: simulator.scriptivox.baseUrl,
	});

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-scriptivox-'));
		recordings = await mkdtemp(join(tmpdir(), 'recordings-'));
		simulator = await startSimulator();
		n8n = await N8nInstance.start({
			folder,
			pack: await packTarball(),
			fileFolders: [recordings],
		});
		credential = await n8n.client.createCredential({
			name: 'Scriptivox',
			type: TYPE,
			data: credentialData(),
		});
	});

	afterEach(() => simulator.reset());

	afterAll(async () => {
		await n8n?.stop();
		await simulator?.stop();
		await rm(folder, { recursive: true, force: true });
		await rm(recordings, { recursive: true, force: true });
	});

	function action(name: string, operation: string, more: INodeParameters): INode {
		const parameters = { resource: 'transcription', operation, ...more };
		return nodeOf(name, 'n8n-nodes-transcription.scriptivox', parameters, { [TYPE]: credential });
	}

	/** The sample under a name that tells the simulator what to do with it, as a node reads it. */
	async function read(name: string): Promise<INode> {
		const file = join(recordings, name);
		await copyFile(SAMPLE, file);
		return nodeOf('Read', 'n8n-nodes-base.readWriteFile', {
			operation: 'read',
			fileSelector: file,
		});
	}

	async function ended(workflow: Parameters<typeof n8n.client.createWorkflow>[0]) {
		const { id } = await n8n.client.createWorkflow(workflow);
		return await n8n.client.executionEnd(await n8n.client.runWorkflow(id, 'By Hand'));
	}

	it('tells a good key from a wrong one', async () => {
		const test = async (apiKey: string) =>
			await n8n.client.testCredential(credential, {
				type: TYPE,
				data: { ...credentialData(), apiKey },
			});

		expect(await test(simulator.scriptivox.apiKey)).toMatchObject({ status: 'OK' });
		expect(await test('sk_live_wrong')).toMatchObject({ status: 'Error' });
	});

	it('turns a file into a transcript and subtitles', async () => {
		const transcriptionId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
		const execution = await ended(
			rowOf(
				'Subtitles',
				byHand(),
				await read('briefing.wav'),
				action('Transcribe', 'transcribe', {
					inputType: 'binaryFile',
					options: { pollIntervalSeconds: 0.2 },
				}),
				action('Export', 'export', { transcriptionId, format: 'srt' }),
			),
		);

		expect(outputOf(execution, 'Transcribe')).toMatchObject([
			{ status: 'completed', fileName: 'briefing.wav', replayed: false },
		]);
		const [item] = execution.data.resultData.runData.Export?.[0]?.data?.main?.[0] ?? [];
		expect(item?.binary?.data).toMatchObject({ mimeType: 'application/x-subrip' });
		expect(simulator.scriptivox.statistics()).toMatchObject({
			paidJobs: 1,
			keysSeenAtStorage: 0,
			unknownFields: 0,
		});
	});

	it('pays once when n8n retries a node whose reply was lost', async () => {
		const transcribe: INode = {
			...action('Transcribe', 'transcribe', {
				inputType: 'binaryFile',
				wait: 'none',
				options: { maxRetries: 0 },
			}),
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 10,
		};
		const execution = await ended(
			rowOf('Retried', byHand(), await read('lost-on-transcribe-x1.wav'), transcribe),
		);

		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Transcribe')).toMatchObject([{ replayed: true }]);
		expect(simulator.scriptivox.statistics()).toMatchObject({
			jobs: 1,
			idempotentReplays: 1,
			uploads: { stored: 1 },
		});
	});

	it('gives the error output the code as data, with the item that it is about', async () => {
		const transcribe: INode = {
			...action('Transcribe', 'transcribe', { inputType: 'binaryFile' }),
			onError: 'continueErrorOutput',
		};
		const execution = await ended(
			rowOf('Refused', byHand(), await read('refuse-ZERO_BALANCE.wav'), transcribe),
		);

		expect(execution.status).toBe('success');
		const [, errors] = execution.data.resultData.runData.Transcribe?.[0]?.data?.main ?? [];
		expect(errors?.map(({ json }) => json)).toMatchObject([
			{
				fileName: 'refuse-ZERO_BALANCE.wav',
				error: expect.stringContaining('(ZERO_BALANCE) [item 0]') as string,
				details: { code: 'ZERO_BALANCE', httpStatus: 402 },
			},
		]);
	});

	it('starts a new job in each round of a loop', async () => {
		const loop: INode = {
			...nodeOf('Loop', 'n8n-nodes-base.splitInBatches', { batchSize: 1, options: {} }),
			typeVersion: 3,
		};
		const twoItems: INode = {
			...nodeOf('Two Items', 'n8n-nodes-base.code', {
				jsCode: 'return [{ json: {} }, { json: {} }];',
			}),
			typeVersion: 2,
		};
		const transcribe = action('Transcribe', 'transcribe', {
			inputType: 'url',
			url: URL_OF_A_RECORDING,
			wait: 'none',
		});
		const workflow = rowOf('Rounds', byHand(), twoItems, loop);
		const to = (node: string) => ({ node, type: 'main' as const, index: 0 });
		workflow.nodes.push(transcribe);
		workflow.connections.Loop = { main: [[], [to('Transcribe')]] };
		workflow.connections.Transcribe = { main: [[to('Loop')]] };

		const execution = await ended(workflow);

		expect(execution.status).toBe('success');
		expect(simulator.scriptivox.statistics()).toMatchObject({ jobs: 2, idempotentReplays: 0 });
	});
});
