import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { samplesFolder } from '../../dev/paths';
import { transcriptOf } from '../../dev/simulator/scripe/sources';
import { durationOf } from '../../dev/simulator/shared/speech';
import { useProvider } from '../rig/providers/provider';
import { itTakesRecordingsAsTheyCome } from '../rig/providers/recordingsAsTheyCome';
import { executionsOf, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';

const SAMPLE = 'morning-briefing.wav';
const PROJECT = 'proj_personal';
const IN_PROJECT = { projectId: { __rl: true, mode: 'id', value: PROJECT } };
const LONGEST_PREVIEW = 2000;

describe('Scripe in n8n', () => {
	const provider = useProvider('scripe', 'scripeApi');

	const source = (name: string, more: INodeParameters = {}): INode => {
		const options = { pollIntervalSeconds: 0.2 };
		return provider.action(name, 'source', 'create', { ...IN_PROJECT, options, ...more });
	};

	/** What is spoken in the sample, as far as Scripe lets it be read. */
	async function spokenInSample(): Promise<string> {
		const bytes = await readFile(join(samplesFolder, SAMPLE));
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		return transcriptOf(sha256, durationOf(bytes.length)).slice(0, LONGEST_PREVIEW);
	}

	it('tells a good key from a wrong one, and a version that there is from one that is not', async () => {
		const test = async (changes: IDataObject) =>
			await provider.testCredential({ apiVersion: '2026-08-01', ...changes });

		expect(await test({})).toMatchObject({ status: 'OK' });
		expect(await test({ apiKey: 'scripe_sk_test_wrong' })).toMatchObject({ status: 'Error' });
		expect(await test({ apiVersion: '2020-01-01' })).toMatchObject({ status: 'Error' });
	});

	itTakesRecordingsAsTheyCome(provider, () => source('Source'), {
		voiceNote: 'file_12.oga',
		download: 'download',
	});

	it('turns a file into a source, and that into a post', async () => {
		const execution = await provider.ranByHand(
			'Everything',
			provider.readSample(SAMPLE),
			source('Source'),
			provider.action('Read Source', 'source', 'get', {
				sourceId: { __rl: true, mode: 'id', value: '={{ $json.sourceId }}' },
			}),
			provider.action('Generate', 'post', 'generate', { ...IN_PROJECT, text: '={{ $json.text }}' }),
			provider.action('Posts', 'post', 'getMany', {
				...IN_PROJECT,
				filters: { status: ['draft'] },
			}),
			provider.action('Jobs', 'job', 'getMany', { filters: { status: ['DONE'] } }),
		);

		const text = await spokenInSample();
		expect(outputOf(execution, 'Source')).toMatchObject([
			{
				provider: 'scripe',
				id: expect.stringMatching(/^job_/),
				status: 'completed',
				text,
				fileName: SAMPLE,
				topics: [expect.anything()],
				replayed: false,
			},
		]);
		expect(outputOf(execution, 'Read Source')).toMatchObject([{ text, jobId: null }]);
		const [generated] = outputOf(execution, 'Generate') ?? [];
		expect(generated).toMatchObject({ status: 'DONE', post: { projectId: PROJECT } });
		expect(outputOf(execution, 'Posts')).toEqual([generated?.post]);
		expect(outputOf(execution, 'Jobs')).toMatchObject([
			{ type: 'POST_GENERATION', status: 'completed' },
			{ type: 'SOURCE_INGEST_FILE', status: 'completed' },
		]);
		expect(provider.simulator.scripe.statistics()).toMatchObject({
			jobs: 2,
			sources: 1,
			posts: 1,
			uploads: { created: 1, stored: 1 },
			unknownFields: 0,
			rateLimited: 0,
			malformedKeys: 0,
			writesWithoutKey: 0,
			unversioned: 0,
			keysSeenAtStorage: 0,
		});
	});

	it('makes a source once, though a half upload and two replies get lost on the way', async () => {
		const { scripe } = provider.simulator;
		scripe.fail({ endpoint: 'PUT /scripe-storage', kind: 'reset' });
		scripe.fail({ endpoint: 'POST /sources', kind: 'reset', stage: 'reply' });
		scripe.fail({ endpoint: 'POST /sources', kind: 'status', status: 500, stage: 'reply' });

		const execution = await provider.ranByHand(
			'Lost',
			provider.readSample(SAMPLE),
			source('Source'),
		);

		expect(outputOf(execution, 'Source')).toMatchObject([
			{ status: 'completed', text: await spokenInSample(), replayed: true },
		]);
		expect(scripe.statistics()).toMatchObject({
			jobs: 1,
			sources: 1,
			idempotentReplays: 2,
			uploads: { created: 2, stored: 1 },
		});
	});

	it('takes a text, cancels a job that waits, and reads projects, notes and the workspace', async () => {
		const { scripe } = provider.simulator;
		const execution = await provider.ranByHand(
			'The Rest',
			source('Text', { inputType: 'text', text: 'Good morning.' }),
			provider.action('Start', 'post', 'generate', {
				...IN_PROJECT,
				text: 'stuck-queued',
				wait: 'none',
			}),
			provider.action('Cancel', 'job', 'cancel', {
				jobId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			}),
			provider.action('Draft', 'post', 'create', { ...IN_PROJECT, content: 'By hand' }),
			provider.action('Workspace', 'workspace', 'get'),
			provider.action('Project', 'project', 'get', IN_PROJECT),
			provider.action('Projects', 'project', 'getMany', { limit: 2 }),
			nodeOf('First', 'n8n-nodes-base.limit'),
			provider.action('Notes', 'note', 'getMany', { ...IN_PROJECT, returnAll: true }),
		);

		expect(outputOf(execution, 'Text')).toMatchObject([
			{ id: scripe.sources()[0]!.id, status: 'completed', text: 'Good morning.' },
		]);
		expect(outputOf(execution, 'Cancel')).toMatchObject([{ status: 'CANCELLED' }]);
		expect(outputOf(execution, 'Draft')).toMatchObject([{ status: 'draft', content: 'By hand' }]);
		expect(outputOf(execution, 'Workspace')).toMatchObject([{ workspace: { plan: 'ADVANCED' } }]);
		expect(outputOf(execution, 'Project')).toMatchObject([{ name: 'Ada Lovelace' }]);
		expect(outputOf(execution, 'Projects')).toHaveLength(2);
		expect(outputOf(execution, 'Notes')).toHaveLength(5);
		expect(scripe.statistics()).toMatchObject({ unknownFields: 0, writesWithoutKey: 0 });
	});

	it('says in the panel what to do about the spend cap, without the key', async () => {
		provider.simulator.scripe.configure({ capCents: 3 });

		const execution = await provider.ranByHand(
			'Cap',
			provider.readSample(SAMPLE),
			source('Source'),
		);

		const said = JSON.stringify(execution);
		expect(execution.status).toBe('error');
		expect(said).toContain('(spend_cap_exceeded)');
		expect(said).toContain('spent 0 of the 3 cents');
		expect(said).toContain("The request's ID, for Scripe's support: req_");
		expect(said).not.toContain(provider.simulator.scripe.apiKey);
	});

	it('starts a workflow once for each job that ends, over a crash of n8n too', async () => {
		const trigger = nodeOf(
			'Ended',
			'n8n-nodes-transcription.scripeTrigger',
			{
				pollTimes: { item: [{ mode: 'everyMinute' }] },
				events: ['done', 'failed', 'cancelled'],
				options: { fetchTranscript: true },
			},
			provider.credentials,
		);
		const next = nodeOf('Next', 'n8n-nodes-base.noOp');
		const { id } = await provider.n8n.client.createWorkflow(rowOf('Watch', trigger, next));
		const generate = provider.action('Generate', 'post', 'generate', {
			...IN_PROJECT,
			text: 'A talk',
		});
		await provider.ranByHand('Before', generate);

		// the first look takes note; each later activation looks again at once
		await provider.n8n.client.publishWorkflow(id);
		await provider.ranByHand('Meanwhile', provider.readSample(SAMPLE), source('Source'));
		await provider.n8n.client.unpublishWorkflow(id);
		await provider.n8n.client.publishWorkflow(id);
		const [first] = await executionsOf(provider.n8n, id, 1);
		expect(outputOf(first!, 'Ended')).toMatchObject([
			{ event: 'done', type: 'SOURCE_INGEST_FILE', text: await spokenInSample() },
		]);

		await provider.ranByHand('Fail', {
			...generate,
			parameters: { ...generate.parameters, text: 'fail-job' },
		});
		await provider.n8n.kill();
		await provider.n8n.resume();
		const executions = await executionsOf(provider.n8n, id, 2);
		expect(outputOf(executions[1]!, 'Ended')).toMatchObject([
			{ event: 'failed', status: 'failed', error: { code: 'processing_failed' } },
		]);
		await provider.n8n.client.unpublishWorkflow(id);
		expect(await provider.n8n.client.executions.newest(id)).toHaveLength(2);
	});
});
