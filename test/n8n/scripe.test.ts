import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { N8nInstance } from '../../dev/n8n/instance';
import type { CredentialReference } from '../../dev/n8n/types';
import { packTarball } from '../../dev/pack';
import { transcriptOf } from '../../dev/simulator/scripe/sources';
import { startSimulator, type Simulator } from '../../dev/simulator/server';
import { durationOf } from '../../dev/simulator/shared/speech';
import { byHand, executionsOf, nodeOf, outputOf, rowOf } from './workflows';

const TYPE = 'scripeApi';
const SAMPLES = resolve(__dirname, '../../dev/samples');
const SAMPLE = 'morning-briefing.wav';
const PROJECT = 'proj_personal';
const IN_PROJECT = { projectId: { __rl: true, mode: 'id', value: PROJECT } };
const LONGEST_PREVIEW = 2000;

describe('Scripe in n8n', () => {
	let folder: string;
	let n8n: N8nInstance;
	let simulator: Simulator;
	let credential: CredentialReference;

	const credentialData = () => ({
		apiKey: simulator.scripe.apiKey,
		baseUrl: simulator.scripe.baseUrl,
	});

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-scripe-'));
		simulator = await startSimulator();
		n8n = await N8nInstance.start({ folder, pack: await packTarball(), fileFolders: [SAMPLES] });
		credential = await n8n.client.createCredential({
			name: 'Scripe',
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

	function action(
		name: string,
		resource: string,
		operation: string,
		more: INodeParameters = {},
	): INode {
		const parameters = { resource, operation, ...more };
		return nodeOf(name, 'n8n-nodes-transcription.scripe', parameters, { [TYPE]: credential });
	}

	const read = (): INode =>
		nodeOf('Read', 'n8n-nodes-base.readWriteFile', {
			operation: 'read',
			fileSelector: join(SAMPLES, SAMPLE),
		});

	const source = (name: string, more: INodeParameters = {}): INode => {
		const options = { pollIntervalSeconds: 0.2 };
		return action(name, 'source', 'create', { ...IN_PROJECT, options, ...more });
	};

	async function ranByHand(name: string, ...nodes: INode[]) {
		const { id } = await n8n.client.createWorkflow(rowOf(name, byHand(), ...nodes));
		return await n8n.client.executionEnd(await n8n.client.runWorkflow(id, 'By Hand'));
	}

	/** What is spoken in the sample, as far as Scripe lets it be read. */
	async function spokenInSample(): Promise<string> {
		const bytes = await readFile(join(SAMPLES, SAMPLE));
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		return transcriptOf(sha256, durationOf(bytes.length)).slice(0, LONGEST_PREVIEW);
	}

	it('tells a good key from a wrong one, and a version that there is from one that is not', async () => {
		const test = async (changes: IDataObject) =>
			await n8n.client.testCredential(credential, {
				type: TYPE,
				data: { apiVersion: '2026-08-01', ...credentialData(), ...changes },
			});

		expect(await test({})).toMatchObject({ status: 'OK' });
		expect(await test({ apiKey: 'scripe_sk_test_wrong' })).toMatchObject({ status: 'Error' });
		expect(await test({ apiVersion: '2020-01-01' })).toMatchObject({ status: 'Error' });
	});

	it('turns a file into a source, and that into a post', async () => {
		const execution = await ranByHand(
			'Everything',
			read(),
			source('Source'),
			action('Read Source', 'source', 'get', {
				sourceId: { __rl: true, mode: 'id', value: '={{ $json.sourceId }}' },
			}),
			action('Generate', 'post', 'generate', { ...IN_PROJECT, text: '={{ $json.text }}' }),
			action('Posts', 'post', 'getMany', { ...IN_PROJECT, filters: { status: ['draft'] } }),
			action('Jobs', 'job', 'getMany', { filters: { status: ['DONE'] } }),
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
		expect(simulator.scripe.statistics()).toMatchObject({
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
		const { scripe } = simulator;
		scripe.fail({ endpoint: 'PUT /scripe-storage', kind: 'reset' });
		scripe.fail({ endpoint: 'POST /sources', kind: 'reset', stage: 'reply' });
		scripe.fail({ endpoint: 'POST /sources', kind: 'status', status: 500, stage: 'reply' });

		const execution = await ranByHand('Lost', read(), source('Source'));

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
		const { scripe } = simulator;
		const execution = await ranByHand(
			'The Rest',
			source('Text', { inputType: 'text', text: 'Good morning.' }),
			action('Start', 'post', 'generate', {
				...IN_PROJECT,
				text: 'stuck-queued',
				wait: 'none',
			}),
			action('Cancel', 'job', 'cancel', {
				jobId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			}),
			action('Draft', 'post', 'create', { ...IN_PROJECT, content: 'By hand' }),
			action('Workspace', 'workspace', 'get'),
			action('Project', 'project', 'get', IN_PROJECT),
			action('Projects', 'project', 'getMany', { limit: 2 }),
			nodeOf('First', 'n8n-nodes-base.limit'),
			action('Notes', 'note', 'getMany', { ...IN_PROJECT, returnAll: true }),
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
		simulator.scripe.configure({ capCents: 3 });

		const execution = await ranByHand('Cap', read(), source('Source'));

		const said = JSON.stringify(execution);
		expect(execution.status).toBe('error');
		expect(said).toContain('(spend_cap_exceeded)');
		expect(said).toContain('spent 0 of the 3 cents');
		expect(said).toContain("The request's ID, for Scripe's support: req_");
		expect(said).not.toContain(simulator.scripe.apiKey);
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
			{ [TYPE]: credential },
		);
		const next = nodeOf('Next', 'n8n-nodes-base.noOp');
		const { id } = await n8n.client.createWorkflow(rowOf('Watch', trigger, next));
		const generate = action('Generate', 'post', 'generate', { ...IN_PROJECT, text: 'A talk' });
		await ranByHand('Before', generate);

		// the first look takes note; each later activation looks again at once
		await n8n.client.publishWorkflow(id);
		await ranByHand('Meanwhile', read(), source('Source'));
		await n8n.client.unpublishWorkflow(id);
		await n8n.client.publishWorkflow(id);
		const [first] = await executionsOf(n8n, id, 1);
		expect(outputOf(first!, 'Ended')).toMatchObject([
			{ event: 'done', type: 'SOURCE_INGEST_FILE', text: await spokenInSample() },
		]);

		await ranByHand('Fail', {
			...generate,
			parameters: { ...generate.parameters, text: 'fail-job' },
		});
		await n8n.kill();
		await n8n.resume();
		const executions = await executionsOf(n8n, id, 2);
		expect(outputOf(executions[1]!, 'Ended')).toMatchObject([
			{ event: 'failed', status: 'failed', error: { code: 'processing_failed' } },
		]);
		await n8n.client.unpublishWorkflow(id);
		expect(await n8n.client.executions(id)).toHaveLength(2);
	});
});
