import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { N8nInstance } from '../../dev/n8n/instance';
import type { CredentialReference } from '../../dev/n8n/types';
import { packTarball } from '../../dev/pack';
import { startSimulator, type Simulator } from '../../dev/simulator/server';
import { byHand, executionsOf, nodeOf, outputOf, rowOf } from './workflows';

const TYPE = 'mediaScribeApi';
const NODE = 'n8n-nodes-transcription.mediaScribe';
const PRESS = '6f1c2a90-3b5d-4e7f-8a11-000000000002';
const PRESET = { __rl: true, mode: 'list', value: PRESS };

describe('MediaScribe in n8n', () => {
	let folder: string;
	let n8n: N8nInstance;
	let simulator: Simulator;
	let credential: CredentialReference;

	const credentialData = () => ({
		baseUrl: simulator.mediascribe.baseUrl,
		apiToken: simulator.mediascribe.apiToken,
	});

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-mediascribe-'));
		simulator = await startSimulator();
		n8n = await N8nInstance.start({ folder, pack: await packTarball() });
		credential = await n8n.client.createCredential({
			name: 'Appliance',
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

	const credentials = () => ({ [TYPE]: credential });

	function action(
		name: string,
		resource: string,
		operation: string,
		more: INodeParameters = {},
	): INode {
		return nodeOf(name, NODE, { resource, operation, ...more }, credentials());
	}

	it('tells a good token from a wrong one, and an appliance from something else', async () => {
		const test = async (changes: IDataObject) =>
			await n8n.client.testCredential(credential, {
				type: TYPE,
				data: { ...credentialData(), ...changes },
			});
		expect(await test({})).toMatchObject({ status: 'OK' });
		expect(await test({ apiToken: 'wrong' })).toMatchObject({ status: 'Error' });
		simulator.mediascribe.fail({ endpoint: 'GET /api/control/status', kind: 'html' });
		expect(await test({})).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('no MediaScribe appliance'),
		});
	});

	it('offers the presets of the appliance in the picker', async () => {
		const found = await n8n.client.request<{ results: IDataObject[] }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				body: {
					path: 'parameters.presetId',
					methodName: 'searchPresets',
					nodeTypeAndVersion: { name: NODE, version: 1 },
					currentNodeParameters: { resource: 'preset', operation: 'activate' },
					credentials: credentials(),
				},
			},
		);
		expect(found.results).toMatchObject([
			{ name: 'Council Chamber · active' },
			{ name: 'Press Room', value: PRESS },
		]);
	});

	it('starts with a preset, watches and stops', async () => {
		const { id } = await n8n.client.createWorkflow(
			rowOf(
				'Captions',
				byHand(),
				action('Start', 'recording', 'start', { presetId: PRESET }),
				action('Start Again', 'recording', 'start'),
				action('Status', 'recording', 'getStatus'),
				action('Stop', 'recording', 'stop'),
				action('Presets', 'preset', 'getMany'),
			),
		);

		const execution = await n8n.client.executionEnd(await n8n.client.runWorkflow(id, 'By Hand'));

		expect(execution.status).toBe('success');
		const recording = { state: 'recording', activePresetName: 'Press Room' };
		expect(outputOf(execution, 'Start')).toMatchObject([{ changed: true, ...recording }]);
		expect(outputOf(execution, 'Start Again')).toMatchObject([{ changed: false, ...recording }]);
		expect(outputOf(execution, 'Status')).toMatchObject([{ positionSeconds: expect.any(Number) }]);
		expect(outputOf(execution, 'Stop')).toMatchObject([
			{ changed: true, state: 'ready', path: expect.stringMatching(/^C:\\.*\.mp4$/) },
		]);
		expect(outputOf(execution, 'Presets')).toMatchObject([{ active: false }, { active: true }]);
		expect(simulator.mediascribe.statistics()).toMatchObject({
			recordings: { started: 1, stopped: 1 },
			unknownFields: 0,
			tokensSeenInUrls: 0,
		});
	});

	it('starts a workflow for what happens at the appliance, over a restart of n8n too', async () => {
		const trigger = nodeOf(
			'Appliance',
			`${NODE}Trigger`,
			{
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				events: ['recordingStarted', 'recordingStopped'],
			},
			credentials(),
		);
		const next = nodeOf('Next', 'n8n-nodes-base.noOp');
		const { id } = await n8n.client.createWorkflow(rowOf('Watch', trigger, next));
		const eventsOf = async (count: number) =>
			(await executionsOf(n8n, id, count)).flatMap((each) => outputOf(each, 'Appliance'));

		// the first look takes note; each later activation looks again at once
		await n8n.client.publishWorkflow(id);
		simulator.mediascribe.start();
		await n8n.client.unpublishWorkflow(id);
		await n8n.client.publishWorkflow(id);
		expect(await eventsOf(1)).toMatchObject([{ event: 'recordingStarted', state: 'recording' }]);

		await n8n.kill();
		simulator.mediascribe.stopRecording();
		await n8n.resume();
		expect(await eventsOf(2)).toMatchObject([
			{ event: 'recordingStarted' },
			{ event: 'recordingStopped', durationSeconds: expect.any(Number) },
		]);
		await n8n.client.unpublishWorkflow(id);
	});
});
