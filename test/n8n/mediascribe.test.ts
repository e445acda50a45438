import type { IDataObject } from 'n8n-workflow';
import { useProvider } from '../rig/providers/provider';
import { executionsOf, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';

const NODE = 'n8n-nodes-transcription.mediaScribe';
const PRESS = '6f1c2a90-3b5d-4e7f-8a11-000000000002';
const PRESET = { __rl: true, mode: 'list', value: PRESS };

describe('MediaScribe in n8n', () => {
	const provider = useProvider('mediaScribe', 'mediaScribeApi');

	it('tells a good token from a wrong one, and an appliance from something else', async () => {
		expect(await provider.testCredential({})).toMatchObject({ status: 'OK' });
		expect(await provider.testCredential({ apiToken: 'wrong' })).toMatchObject({ status: 'Error' });
		provider.simulator.mediascribe.fail({ endpoint: 'GET /api/control/status', kind: 'html' });
		expect(await provider.testCredential({})).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('no MediaScribe appliance'),
		});
	});

	it('offers the presets of the appliance in the picker', async () => {
		const found = await provider.n8n.client.request<{ results: IDataObject[] }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				body: {
					path: 'parameters.presetId',
					methodName: 'searchPresets',
					nodeTypeAndVersion: { name: NODE, version: 1 },
					currentNodeParameters: { resource: 'preset', operation: 'activate' },
					credentials: provider.credentials,
				},
			},
		);
		expect(found.results).toMatchObject([
			{ name: 'Council Chamber · active' },
			{ name: 'Press Room', value: PRESS },
		]);
	});

	it('starts with a preset, watches and stops', async () => {
		const execution = await provider.ranByHand(
			'Captions',
			provider.action('Start', 'recording', 'start', { presetId: PRESET }),
			provider.action('Start Again', 'recording', 'start'),
			provider.action('Status', 'recording', 'getStatus'),
			provider.action('Stop', 'recording', 'stop'),
			provider.action('Presets', 'preset', 'getMany'),
		);

		expect(execution.status).toBe('success');
		const recording = { state: 'recording', activePresetName: 'Press Room' };
		expect(outputOf(execution, 'Start')).toMatchObject([{ changed: true, ...recording }]);
		expect(outputOf(execution, 'Start Again')).toMatchObject([{ changed: false, ...recording }]);
		expect(outputOf(execution, 'Status')).toMatchObject([{ positionSeconds: expect.any(Number) }]);
		expect(outputOf(execution, 'Stop')).toMatchObject([
			{ changed: true, state: 'ready', path: expect.stringMatching(/^C:\\.*\.mp4$/) },
		]);
		expect(outputOf(execution, 'Presets')).toMatchObject([{ active: false }, { active: true }]);
		expect(provider.simulator.mediascribe.statistics()).toMatchObject({
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
			provider.credentials,
		);
		const next = nodeOf('Next', 'n8n-nodes-base.noOp');
		const { id } = await provider.n8n.client.createWorkflow(rowOf('Watch', trigger, next));
		const eventsOf = async (count: number) =>
			(await executionsOf(provider.n8n, id, count)).flatMap((each) => outputOf(each, 'Appliance'));

		// the first look takes note; each later activation looks again at once
		await provider.n8n.client.publishWorkflow(id);
		provider.simulator.mediascribe.start();
		await provider.n8n.client.unpublishWorkflow(id);
		await provider.n8n.client.publishWorkflow(id);
		expect(await eventsOf(1)).toMatchObject([{ event: 'recordingStarted', state: 'recording' }]);

		await provider.n8n.kill();
		provider.simulator.mediascribe.stopRecording();
		await provider.n8n.resume();
		expect(await eventsOf(2)).toMatchObject([
			{ event: 'recordingStarted' },
			{ event: 'recordingStopped', durationSeconds: expect.any(Number) },
		]);
		await provider.n8n.client.unpublishWorkflow(id);
	});
});
