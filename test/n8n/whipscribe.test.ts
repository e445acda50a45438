import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { useProvider } from '../rig/providers/provider';
import { itTakesRecordingsAsTheyCome } from '../rig/providers/recordingsAsTheyCome';
import { executionsOf, filesOf, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';

const JOB = { __rl: true, mode: 'id', value: "={{ $('Transcribe').item.json.id }}" };
const PROOF = { claimToken: "={{ $('Transcribe').item.json.claimToken }}" };

describe('Whipscribe in n8n', () => {
	// an account that has a key only, not a person who is signed in
	const provider = useProvider('whipscribe', 'whipscribeApi', { idToken: '', userEmail: '' });

	const action = (name: string, operation: string, more: INodeParameters = {}): INode =>
		provider.action(name, 'job', operation, more);

	it('tells a good key without a user from a wrong one', async () => {
		for (const listEnvelope of ['array', 'object'] as const) {
			provider.simulator.whipscribe.configure({ listEnvelope });
			expect(await provider.testCredential({})).toMatchObject({ status: 'OK' });
		}
		expect(await provider.testCredential({ apiKey: 'wrong' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('INVALID_API_KEY'),
		});
		provider.simulator.whipscribe.fail({ endpoint: 'GET /jobs', kind: 'html' });
		expect(await provider.testCredential({})).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not lead to Whipscribe'),
		});
	});

	it('offers the jobs of the account in the picker', async () => {
		const { id } = provider.simulator.whipscribe.addJob({ fileName: 'interview.mp3' });

		const found = await provider.n8n.client.request<{ results: IDataObject[] }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				body: {
					path: 'parameters.jobId',
					methodName: 'searchJobs',
					nodeTypeAndVersion: { name: 'n8n-nodes-transcription.whipscribe', version: 1 },
					currentNodeParameters: { resource: 'job', operation: 'get' },
					credentials: provider.credentials,
				},
			},
		);

		expect(found.results).toEqual([
			expect.objectContaining({
				name: expect.stringMatching(/^interview\.mp3 · .* · done$/),
				value: id,
			}),
		]);
	});

	it('turns a file into a transcript, a Word document and a link, with the claim token', async () => {
		const execution = await provider.ranByHand(
			'Transcripts',
			provider.readSample('morning-briefing.wav'),
			action('Transcribe', 'transcribe', {
				files: ['srt', 'docx'],
				options: { pollIntervalSeconds: 0.2 },
			}),
			action('Read Again', 'getTranscript', { jobId: JOB, options: PROOF }),
			action('Export', 'export', { jobId: JOB, format: 'docx', options: PROOF }),
			action('Link', 'getAudioUrl', { jobId: JOB, options: PROOF }),
			action('Delete', 'delete', { jobId: JOB, options: PROOF }),
		);

		expect(execution.status).toBe('success');
		const [transcript] = outputOf(execution, 'Transcribe')!;
		expect(transcript).toMatchObject({
			provider: 'whipscribe',
			status: 'completed',
			text: expect.stringMatching(/\w+ \w+/),
			fileName: 'morning-briefing.wav',
			replayed: false,
		});
		const files = ['srt morning-briefing.srt', 'docx morning-briefing.docx'];
		expect(filesOf(execution, 'Transcribe')).toEqual(files);
		expect(outputOf(execution, 'Read Again')).toMatchObject([{ text: transcript!.text }]);
		expect(outputOf(execution, 'Export')).toMatchObject([{ format: 'docx' }]);
		expect(outputOf(execution, 'Link')).toMatchObject([{ storage: 'vultr' }]);
		expect(outputOf(execution, 'Delete')).toEqual([{ deleted: true }]);
		expect(provider.simulator.whipscribe.statistics()).toMatchObject({
			jobs: 1,
			unknownFields: 0,
			keysSeenInUrls: 0,
		});
	});

	itTakesRecordingsAsTheyCome(
		provider,
		() => action('Transcribe', 'transcribe', { options: { pollIntervalSeconds: 0.2 } }),
		{ voiceNote: 'file_12.ogg', download: 'download.mp3' },
	);

	it('starts a workflow once for each job that ends, over a SIGKILL of n8n too', async () => {
		const { whipscribe } = provider.simulator;
		whipscribe.addJob({ fileName: 'before.mp3' });
		const running = whipscribe.addJob({ fileName: 'running.mp3', status: 'processing' });
		const trigger = nodeOf(
			'Ended',
			'n8n-nodes-transcription.whipscribeTrigger',
			{
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				options: { fetchTranscript: true, files: ['srt'] },
			},
			provider.credentials,
		);
		const next = nodeOf('Next', 'n8n-nodes-base.noOp');
		const { id } = await provider.n8n.client.createWorkflow(rowOf('Watch', trigger, next));
		const emitted = async (count: number) =>
			(await executionsOf(provider.n8n, id, count)).flatMap(
				(each) => outputOf(each, 'Ended') ?? [],
			);
		const files = async () =>
			(await executionsOf(provider.n8n, id, 1)).flatMap((each) => filesOf(each, 'Ended'));

		// the first look takes note; each later activation looks again at once
		await provider.n8n.client.publishWorkflow(id);
		whipscribe.endJob(running.id);
		whipscribe.addJob({ fileName: 'short.mp3' });
		await provider.n8n.client.unpublishWorkflow(id);
		await provider.n8n.client.publishWorkflow(id);
		expect(await emitted(1)).toMatchObject([
			{ fileName: 'running.mp3', event: 'done', text: expect.stringMatching(/\w/) },
			{ fileName: 'short.mp3', event: 'done', text: expect.stringMatching(/\w/) },
		]);

		expect(await files()).toEqual(['srt running.srt', 'srt short.srt']);

		await provider.n8n.kill();
		whipscribe.addJob({ fileName: 'broken.mp3', status: 'failed', error: 'Could not decode' });
		await provider.n8n.resume();
		const all = await emitted(2);
		expect(all.map(({ fileName }) => fileName)).toEqual(['running.mp3', 'short.mp3', 'broken.mp3']);
		expect(all[2]).toMatchObject({ event: 'failed', error: { message: 'Could not decode' } });
		await provider.n8n.client.unpublishWorkflow(id);
	});
});
