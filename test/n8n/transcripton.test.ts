import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import { fullTextOf } from '../../dev/simulator/transcripton/transcript';
import { useProvider } from '../rig/providers/provider';
import { itTakesRecordingsAsTheyCome } from '../rig/providers/recordingsAsTheyCome';
import { executionsOf, filesOf, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';

const JOB = { __rl: true, mode: 'id', value: "={{ $('Transcribe').item.json.id }}" };

describe('Transcripton in n8n', () => {
	const provider = useProvider('transcripton', 'transcriptonApi');

	const action = (name: string, operation: string, more: INodeParameters = {}): INode =>
		provider.action(name, 'job', operation, more);

	it('tells a good key from a wrong one', async () => {
		expect(await provider.testCredential({})).toMatchObject({ status: 'OK' });
		expect(await provider.testCredential({ apiKey: 'ts_wrong' })).toMatchObject({
			status: 'Error',
		});
	});

	it('turns a file into a transcript, a document, a summary and a translation', async () => {
		const execution = await provider.ranByHand(
			'Everything',
			provider.readSample('morning-briefing.wav'),
			action('Transcribe', 'transcribe', {
				files: ['pdf'],
				diarize: true,
				options: { pollIntervalSeconds: 0.2 },
			}),
			action('Export', 'export', { jobId: JOB, format: 'docx' }),
			action('Polish', 'polish', { jobId: JOB }),
			action('Summarize', 'summarize', { jobId: JOB }),
			action('Translate', 'create', {
				resource: 'translation',
				jobId: JOB,
				targetLanguage: 'de',
			}),
			action('Translations', 'getMany', { resource: 'translation', jobId: JOB }),
			action('Jobs', 'getMany', { filters: { status: 'done' } }),
			action('Deliveries', 'getDeliveries', { resource: 'webhook' }),
		);

		expect(outputOf(execution, 'Transcribe')).toMatchObject([
			{
				provider: 'transcripton',
				status: 'completed',
				text: fullTextOf(provider.simulator.transcripton.jobs()[0]!),
				speakers: expect.arrayContaining(['speaker_0']),
				fileName: 'morning-briefing.wav',
			},
		]);
		expect(filesOf(execution, 'Transcribe')).toEqual(['pdf morning-briefing.pdf']);
		expect(outputOf(execution, 'Export')).toMatchObject([
			{ format: 'docx', fileName: 'morning-briefing.docx' },
		]);
		expect(outputOf(execution, 'Polish')).toMatchObject([{ polished: true, cached: false }]);
		expect(outputOf(execution, 'Summarize')).toMatchObject([{ summary: expect.any(String) }]);
		expect(outputOf(execution, 'Translations')).toEqual(outputOf(execution, 'Translate'));
		expect(outputOf(execution, 'Jobs')).toMatchObject([{ status: 'completed' }]);
		expect(outputOf(execution, 'Deliveries')).toEqual([]);
		expect(provider.simulator.transcripton.statistics()).toMatchObject({
			jobs: 1,
			paidJobs: 1,
			uploads: { received: 1 },
			unknownFields: 0,
			rateLimited: 0,
			keysSeenInUrls: 0,
		});
	});

	itTakesRecordingsAsTheyCome(
		provider,
		() => action('Transcribe', 'transcribe', { options: { pollIntervalSeconds: 0.2 } }),
		{ voiceNote: 'file_12.ogg', download: 'download.mp3' },
	);

	it('waits until a job is ready before it summarizes, and deletes it', async () => {
		const execution = await provider.ranByHand(
			'Link',
			action('Transcribe', 'transcribe', {
				inputType: 'url',
				url: 'https://video.example/slow-0.5s.mp4',
				wait: 'none',
			}),
			action('Summarize', 'summarize', {
				jobId: JOB,
				options: { waitUntilReady: true, pollIntervalSeconds: 0.2 },
			}),
			action('Delete', 'delete', { jobId: JOB }),
		);

		expect(outputOf(execution, 'Transcribe')).toMatchObject([{ status: 'queued' }]);
		expect(outputOf(execution, 'Summarize')).toMatchObject([{ summarized: true }]);
		expect(outputOf(execution, 'Delete')).toEqual([{ deleted: true }]);
		expect(provider.simulator.transcripton.statistics().deletedJobs).toBe(1);
	});

	it('names a file so that it is written into its folder, though the reply names it ../../x', async () => {
		const root = join(provider.files, 'untrusted');
		await mkdir(join(root, 'texts', 'output'), { recursive: true });

		const execution = await provider.ranByHand(
			'Untrusted',
			action('Transcribe', 'transcribe', {
				inputType: 'url',
				url: 'https://video.example/..%2F..%2Fx.mp4',
				wait: 'none',
			}),
			action('Wait', 'wait', {
				jobId: JOB,
				files: ['txt'],
				options: { pollIntervalSeconds: 0.2 },
			}),
			// as templates write files
			nodeOf('Write', 'n8n-nodes-base.readWriteFile', {
				operation: 'write',
				fileName: `=${root}/texts/output/{{ $binary.txt.fileName }}`,
				dataPropertyName: 'txt',
			}),
		);

		expect(execution.status).toBe('success');
		expect(provider.simulator.transcripton.jobs()[0]!.fileName).toBe('../../x.mp4');
		expect((await readdir(root, { recursive: true })).sort()).toEqual([
			'texts',
			'texts/output',
			'texts/output/x.txt',
		]);
	});

	it('does not start a second job when the reply to the first gets lost', async () => {
		provider.simulator.transcripton.fail({ endpoint: 'POST /jobs', kind: 'reset', stage: 'reply' });

		const execution = await provider.ranByHand(
			'Lost',
			provider.readSample('podcast-intro.ogg'),
			action('Transcribe', 'transcribe', { wait: 'none' }),
		);

		expect(execution.status).toBe('error');
		expect(JSON.stringify(execution)).toContain('may have arrived, so it was not sent again');
		expect(JSON.stringify(execution)).not.toContain(provider.simulator.transcripton.apiKey);
		expect(provider.simulator.transcripton.statistics().jobs).toBe(1);
	});

	it('starts a workflow once for each job that is done, and for no forged event', async () => {
		const { transcripton } = provider.simulator;
		const trigger: INode = {
			...nodeOf(
				'Done',
				'n8n-nodes-transcription.transcriptonTrigger',
				{ options: { exportFormat: 'vtt', files: ['md'] } },
				provider.credentials,
			),
			webhookId: 'b7a6c1de-0000-4000-8000-000000000001',
		};
		const next = nodeOf('Next', 'n8n-nodes-base.noOp');
		const { id } = await provider.n8n.client.createWorkflow(rowOf('Watch', trigger, next));
		await provider.n8n.client.publishWorkflow(id);
		const url = `${provider.n8n.url}/webhook/${trigger.webhookId}/webhook`;
		transcripton.configure({ webhooks: { url } });

		await provider.ranByHand(
			'Start',
			provider.readSample('voice-memo.m4a'),
			action('Transcribe', 'transcribe', { options: { pollIntervalSeconds: 0.2 } }),
		);
		const [execution] = await executionsOf(provider.n8n, id, 1);
		const job = transcripton.jobs()[0]!;
		const refused = await transcripton.sendEvent({ job_id: job.id, signature: 'forged' });
		const unsigned = await transcripton.sendEvent({ job_id: job.id, signature: 'missing' });
		const stale = await transcripton.sendEvent({ job_id: job.id, timestampOffsetSeconds: -22_000 });
		const again = await transcripton.sendEvent({ job_id: job.id });

		expect([refused.status, unsigned.status, stale.status]).toEqual([401, 401, 401]);
		expect(again.status).toBe(200);
		expect(await provider.n8n.client.executions.newest(id)).toHaveLength(1);
		expect(outputOf(execution!, 'Done')).toMatchObject([
			{ id: job.id, event: 'job.done', status: 'completed', text: fullTextOf(job) },
		]);
		const [item] = execution!.data.resultData.runData.Done?.[0]?.data?.main?.[0] ?? [];
		expect(item?.binary?.data).toMatchObject({ fileName: 'voice-memo.vtt', mimeType: 'text/vtt' });
		expect(filesOf(execution!, 'Done')).toEqual(['data voice-memo.vtt', 'md voice-memo.md']);
		await provider.n8n.client.unpublishWorkflow(id);
	});
});
