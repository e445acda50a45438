import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import { samplesFolder } from '../../dev/paths';
import { readFileNode, useProvider } from '../rig/providers/provider';
import { itTakesRecordingsAsTheyCome } from '../rig/providers/recordingsAsTheyCome';
import { byHand, filesOf, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';

const SAMPLE = join(samplesFolder, 'morning-briefing.wav');
const URL_OF_A_RECORDING = 'https://example.com/recording.mp3';

describe('Scriptivox in n8n', () => {
	const provider = useProvider('scriptivox', 'scriptivoxApi');

	const action = (name: string, operation: string, more: INodeParameters = {}): INode =>
		provider.action(name, 'transcription', operation, more);

	/** The sample under a name that tells the simulator what to do with it, as a node reads it. */
	async function read(name: string): Promise<INode> {
		const file = join(provider.files, name);
		await copyFile(SAMPLE, file);
		return readFileNode(file);
	}

	it('tells a good key from a wrong one', async () => {
		expect(await provider.testCredential({})).toMatchObject({ status: 'OK' });
		expect(await provider.testCredential({ apiKey: 'sk_live_wrong' })).toMatchObject({
			status: 'Error',
		});
	});

	it('turns a file into a transcript and subtitles', async () => {
		const transcriptionId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
		const execution = await provider.ranByHand(
			'Subtitles',
			await read('briefing.wav'),
			action('Transcribe', 'transcribe', {
				inputType: 'binaryFile',
				files: ['srt', 'txt'],
				options: { pollIntervalSeconds: 0.2 },
			}),
			action('Export', 'export', { transcriptionId, format: 'srt' }),
		);

		expect(outputOf(execution, 'Transcribe')).toMatchObject([
			{ status: 'completed', fileName: 'briefing.wav', replayed: false },
		]);
		expect(filesOf(execution, 'Transcribe')).toEqual(['srt briefing.srt', 'txt briefing.txt']);
		const [item] = execution.data.resultData.runData.Export?.[0]?.data?.main?.[0] ?? [];
		expect(item?.binary?.data).toMatchObject({ mimeType: 'application/x-subrip' });
		expect(provider.simulator.scriptivox.statistics()).toMatchObject({
			paidJobs: 1,
			keysSeenAtStorage: 0,
			unknownFields: 0,
		});
	});

	itTakesRecordingsAsTheyCome(
		provider,
		() =>
			action('Transcribe', 'transcribe', {
				inputType: 'binaryFile',
				options: { pollIntervalSeconds: 0.2 },
			}),
		{ voiceNote: 'file_12.ogg', download: 'download.mp3' },
	);

	it('gets through limits that ask for no pause, and reads a reply whose values came as text', async () => {
		const { scriptivox } = provider.simulator;
		const limit = { kind: 'status', status: 429, times: 2 } as const;
		scriptivox.fail({
			...limit,
			endpoint: 'POST /upload',
			headers: { 'retry-after': '0' },
		});
		scriptivox.fail({
			...limit,
			endpoint: 'PUT /storage',
			headers: { 'retry-after': 'Sun Nov  6 08:49:37 1994' },
		});
		scriptivox.fail({
			...limit,
			endpoint: 'POST /transcribe',
			code: 'RATE_LIMIT_EXCEEDED',
			headers: { 'retry-after': 'abc 5' },
		});
		const utterances = [{ speaker: 0, start: '0.5', end: '1', text: 'Good morning.' }];
		const result = { full_transcript: 'Good morning.', duration_seconds: '7.5', utterances };
		scriptivox.fail({
			endpoint: 'GET /transcribe/{id}',
			kind: 'patch',
			patch: { status: 'completed', result },
		});
		const execution = await provider.ranByHand(
			'Clumsy',
			await read('clumsy.wav'),
			action('Transcribe', 'transcribe', { inputType: 'binaryFile' }),
		);

		expect(outputOf(execution, 'Transcribe')).toMatchObject([
			{
				status: 'completed',
				durationSeconds: 7.5,
				segments: [{ speaker: '0', start: 0.5, end: 1, text: 'Good morning.' }],
			},
		]);
		expect(scriptivox.statistics()).toMatchObject({ jobs: 1, keysSeenAtStorage: 0 });
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
		const execution = await provider.ranByHand(
			'Retried',
			await read('lost-on-transcribe-x1.wav'),
			transcribe,
		);

		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Transcribe')).toMatchObject([{ replayed: true }]);
		expect(provider.simulator.scriptivox.statistics()).toMatchObject({
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
		const execution = await provider.ranByHand(
			'Refused',
			await read('refuse-ZERO_BALANCE.wav'),
			transcribe,
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

		const execution = await provider.ran(workflow);

		expect(execution.status).toBe('success');
		expect(provider.simulator.scriptivox.statistics()).toMatchObject({
			jobs: 2,
			idempotentReplays: 0,
		});
	});
});
