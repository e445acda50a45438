import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { N8nInstance } from '../../dev/n8n/instance';
import type { CredentialReference } from '../../dev/n8n/types';
import { packTarball } from '../../dev/pack';
import { startSimulator, type Simulator } from '../../dev/simulator/server';
import { byHand, executionsOf, nodeOf, outputOf, rowOf } from './workflows';

const TYPE = 'whipscribeApi';
const SAMPLES = resolve(__dirname, '../../dev/samples');
const JOB = { __rl: true, mode: 'id', value: "={{ $('Transcribe').item.json.id }}" };
const PROOF = { claimToken: "={{ $('Transcribe').item.json.claimToken }}" };

describe('Whipscribe in n8n', () => {
	let folder: string;
	let n8n: N8nInstance;
	let simulator: Simulator;
	let credential: CredentialReference;

	const credentialData = () => ({
		apiKey: simulator.whipscribe.apiKey,
		baseUrl: simulator.whipscribe.baseUrl,
	});

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-whipscribe-'));
		simulator = await startSimulator();
		n8n = await N8nInstance.start({
			folder,
			pack: await packTarball(),
			fileFolders: [SAMPLES],
		});
		credential = await n8n.client.createCredential({
			name: 'Whipscribe',
			type: TYPE,
			data: credentialData(),
		});
	});

	afterEach(() => simulator.reset());

	afterAll(async () => {
		await n8n?.stop();
		await simulator?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	function action(name: string, operation: string, more: INodeParameters = {}): INode {
		const parameters = { resource: 'job', operation, ...more };
		return nodeOf(name, 'n8n-nodes-transcription.whipscribe', parameters, { [TYPE]: credential });
	}

	it('tells a good key from a wrong one, which Whipscribe answers as well', async () => {
		const test = async (changes: IDataObject) =>
			await n8n.client.testCredential(credential, {
				type: TYPE,
				data: { ...credentialData(), ...changes },
			});

		expect(await test({})).toMatchObject({ status: 'OK' });
		expect(await test({ apiKey: 'wrong' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('as to a guest'),
		});
		simulator.whipscribe.fail({ endpoint: 'GET /me', kind: 'html' });
		expect(await test({})).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not lead to Whipscribe'),
		});
	});

	it('offers the jobs of the account in the picker', async () => {
		const { id } = simulator.whipscribe.addJob({ fileName: 'interview.mp3' });

		const found = await n8n.client.request<{ results: IDataObject[] }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				body: {
					path: 'parameters.jobId',
					methodName: 'searchJobs',
					nodeTypeAndVersion: { name: 'n8n-nodes-transcription.whipscribe', version: 1 },
					currentNodeParameters: { resource: 'job', operation: 'get' },
					credentials: { [TYPE]: credential },
				},
			},
		);

		expect(found.results).toEqual([
			expect.objectContaining({ name: expect.stringMatching(/^interview\.mp3 · done/), value: id }),
		]);
	});

	it('turns a file into a transcript, a Word document and a link, with the claim token', async () => {
		const read = nodeOf('Read', 'n8n-nodes-base.readWriteFile', {
			operation: 'read',
			fileSelector: join(SAMPLES, 'morning-briefing.wav'),
		});
		const { id } = await n8n.client.createWorkflow(
			rowOf(
				'Transcripts',
				byHand(),
				read,
				action('Transcribe', 'transcribe', { options: { pollIntervalSeconds: 0.2 } }),
				action('Read Again', 'getTranscript', { jobId: JOB, options: PROOF }),
				action('Export', 'export', { jobId: JOB, format: 'docx', options: PROOF }),
				action('Link', 'getAudioUrl', { jobId: JOB, options: PROOF }),
				action('Delete', 'delete', { jobId: JOB, options: PROOF }),
			),
		);

		const execution = await n8n.client.executionEnd(await n8n.client.runWorkflow(id, 'By Hand'));

		expect(execution.status).toBe('success');
		const [transcript] = outputOf(execution, 'Transcribe')!;
		expect(transcript).toMatchObject({
			provider: 'whipscribe',
			status: 'completed',
			text: expect.stringMatching(/\w+ \w+/),
			fileName: 'morning-briefing.wav',
			replayed: false,
		});
		expect(outputOf(execution, 'Read Again')).toMatchObject([{ text: transcript!.text }]);
		expect(outputOf(execution, 'Export')).toMatchObject([{ format: 'docx' }]);
		expect(outputOf(execution, 'Link')).toMatchObject([{ storage: 'vultr' }]);
		expect(outputOf(execution, 'Delete')).toEqual([{ deleted: true }]);
		expect(simulator.whipscribe.statistics()).toMatchObject({
			jobs: 1,
			unknownFields: 0,
			keysSeenInUrls: 0,
		});
	});

	it('starts a workflow once for each job that ends, over a SIGKILL of n8n too', async () => {
		const { whipscribe } = simulator;
		whipscribe.addJob({ fileName: 'before.mp3' });
		const running = whipscribe.addJob({ fileName: 'running.mp3', status: 'processing' });
		const trigger = nodeOf(
			'Ended',
			'n8n-nodes-transcription.whipscribeTrigger',
			{ pollTimes: { item: [{ mode: 'everyMinute' }] }, options: { fetchTranscript: true } },
			{ [TYPE]: credential },
		);
		const next = nodeOf('Next', 'n8n-nodes-base.noOp');
		const { id } = await n8n.client.createWorkflow(rowOf('Watch', trigger, next));
		const emitted = async (count: number) =>
			(await executionsOf(n8n, id, count)).flatMap((each) => outputOf(each, 'Ended') ?? []);

		// the first look takes note; each later activation looks again at once
		await n8n.client.publishWorkflow(id);
		whipscribe.endJob(running.id);
		whipscribe.addJob({ fileName: 'short.mp3' });
		await n8n.client.unpublishWorkflow(id);
		await n8n.client.publishWorkflow(id);
		expect(await emitted(1)).toMatchObject([
			{ fileName: 'running.mp3', event: 'done', text: expect.stringMatching(/\w/) },
			{ fileName: 'short.mp3', event: 'done', text: expect.stringMatching(/\w/) },
		]);

		await n8n.kill();
		whipscribe.addJob({ fileName: 'broken.mp3', status: 'failed', error: 'Could not decode' });
		await n8n.resume();
		const all = await emitted(2);
		expect(all.map(({ fileName }) => fileName)).toEqual(['running.mp3', 'short.mp3', 'broken.mp3']);
		expect(all[2]).toMatchObject({ event: 'failed', error: { message: 'Could not decode' } });
		await n8n.client.unpublishWorkflow(id);
	});
});
