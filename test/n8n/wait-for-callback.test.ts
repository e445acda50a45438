import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import type { N8nInstance } from '../../dev/n8n/instance';
import type { CredentialReference, Execution, WorkflowJson } from '../../dev/n8n/types';
import { type Simulator, startSimulator } from '../../dev/simulator/server';
import { byHand, nodeOf, outputOf, rowOf } from '../rig/workflows/workflows';
import { startN8n } from '../rig/n8n/n8n';
import { until } from '../rig/basics/until';

const TYPE = 'scriptivoxApi';
/** n8n's order of execution today, and the one of workflows from before n8n 1. */
const ORDERS = ['v1', 'v0'];
/** A job that ends only when the simulator is told to. */
const RUNS_ON = 'slow-9999s';
const recording = (name: string) => `https://example.com/${name}.mp3`;
/** As many as n8n lists on a page. */
const PARKED_AT_ONCE = 100;

describe('an execution that waits for a callback', () => {
	let folder: string;
	let n8n: N8nInstance;
	let simulator: Simulator;
	let credential: CredentialReference;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-callback-'));
		simulator = await startSimulator({ scriptivox: { rateLimits: { enabled: false } } });
		// n8n resumes what is due before it takes what still runs for crashed; the editor's files are between
		n8n = await startN8n({ folder, editor: true });
		credential = await n8n.client.credentials.create({
			name: 'Scriptivox',
			type: TYPE,
			data: { apiKey: simulator.scriptivox.apiKey, baseUrl: simulator.scriptivox.baseUrl },
		});
	});

	afterEach(() => simulator.reset());

	afterAll(async () => {
		await n8n?.stop();
		await simulator?.stop();
		await rm(folder, { recursive: true, force: true });
	});

	function transcribe(url: string, options: IDataObject = {}): INode {
		const parameters: INodeParameters = {
			resource: 'transcription',
			operation: 'transcribe',
			inputType: 'url',
			url,
			wait: 'webhook',
			options: { requestsPerMinute: 0, ...options } as INodeParameters,
		};
		return nodeOf('Transcribe', 'n8n-nodes-transcription.scriptivox', parameters, {
			[TYPE]: credential,
		});
	}

	/** Says after the node which item the transcript came from. */
	const after = (): INode => ({
		...nodeOf('After', 'n8n-nodes-base.code', {
			mode: 'runOnceForEachItem',
			jsCode: "return { json: { status: $json.status, from: $('Items').item.json.number } };",
		}),
		typeVersion: 2,
	});

	const items = (count: number): INode => ({
		...nodeOf('Items', 'n8n-nodes-base.code', {
			jsCode: `return Array.from({ length: ${count} }, (_, number) => ({ json: { number } }));`,
		}),
		typeVersion: 2,
	});

	const inOrder = (order: string, workflow: WorkflowJson): WorkflowJson => ({
		...workflow,
		settings: { saveManualExecutions: true, executionOrder: order },
	});

	const row = (node: INode, order = 'v1') =>
		inOrder(order, rowOf('Called back', byHand(), items(1), node, after()));

	async function start(workflow: WorkflowJson): Promise<string> {
		const { id } = await n8n.client.createWorkflow(workflow);
		return await n8n.client.runWorkflow(id, 'By Hand');
	}

	const statusOf = async (id: string) => (await n8n.client.executions.get(id)).status;

	async function parked(workflow: WorkflowJson): Promise<string> {
		const id = await start(workflow);
		await until('parked', async () => (await statusOf(id)) === 'waiting');
		return id;
	}

	const job = () => simulator.scriptivox.jobs()[0]!;

	async function send(asked: IDataObject): Promise<number | null> {
		const { status } = await simulator.scriptivox.sendEvent({
			transcription_id: job().id,
			...asked,
		});
		return status;
	}

	function expectTranscript(execution: Execution): void {
		expect(execution.status).toBe('success');
		const run = execution.data.resultData.runData.Transcribe?.findLast(
			({ data }) => data?.main?.[0]?.length,
		);
		expect(run?.data?.main?.[0]?.map(({ json }) => json)).toMatchObject([
			{ id: job().id, status: 'completed', replayed: false, text: expect.any(String) as string },
		]);
		expect(outputOf(execution, 'After')).toEqual([{ status: 'completed', from: 0 }]);
		expect(simulator.scriptivox.statistics()).toMatchObject({ jobs: 1, paidJobs: 1 });
	}

	it.each(ORDERS)(
		'goes on with its job when it was stopped and is retried (execution order %s)',
		async (order) => {
			const id = await parked(row(transcribe(recording(RUNS_ON)), order));
			await n8n.client.executions.stop(id);
			await until('stopped', async () => (await statusOf(id)) === 'canceled');
			simulator.scriptivox.finishJobs();

			// n8n would turn the node off for good, and pass its input on as the transcript
			const refused = n8n.client.executions.retry(id, true);
			await expect(refused).rejects.toThrow('retry with original workflow');
			const retried = await n8n.client.executions.retry(id);

			expectTranscript(await n8n.client.executions.end(retried));
		},
	);

	it.each(ORDERS)(
		'goes on with the transcript when Scriptivox calls the resume URL (execution order %s)',
		async (order) => {
			const id = await parked(row(transcribe(recording('slow-2s')), order));

			expectTranscript(await n8n.client.executions.end(id));
			expect(simulator.scriptivox.deliveries().map(({ event, status }) => [event, status])).toEqual(
				[
					['transcription.processing', 200],
					['transcription.completed', 200],
				],
			);
		},
	);

	it('reads the transcript that a callback does not bring', async () => {
		const id = await parked(row(transcribe(recording('slow-2s-bare-webhook'))));

		expectTranscript(await n8n.client.executions.end(id));
	});

	it('stays parked for what is forged, stale, unsigned, progress or about another job', async () => {
		const id = await parked(row(transcribe(recording(RUNS_ON))));
		const other = '3f1e5a52-8a0f-4a3c-9a57-0d7e9b1c2f4d';

		expect(await send({ signature: 'forged' })).toBe(401);
		expect(await send({ signature: 'missing' })).toBe(401);
		expect(await send({ timestampOffsetSeconds: -600 })).toBe(401);
		expect(await send({ event: 'transcription.processing' })).toBe(200);
		expect(await send({ payload: { transcription_id: other } })).toBe(200);
		expect(await statusOf(id)).toBe('waiting');
		expect(readsOfTheJob()).toBe(1);

		simulator.scriptivox.finishJobs();
		expectTranscript(await n8n.client.executions.end(id));
	});

	it.each(ORDERS)(
		'is parked again when a callback comes before the job has ended (execution order %s)',
		async (order) => {
			const id = await parked(row(transcribe(recording(RUNS_ON)), order));
			expect(await send({})).toBe(200);
			await until('looked at again', () => readsOfTheJob() === 2);
			await until('parked again', async () => (await statusOf(id)) === 'waiting');

			simulator.scriptivox.finishJobs();
			expectTranscript(await n8n.client.executions.end(id));
		},
	);

	it('outlives a restart of n8n, and needs no callback then or at its time limit', async () => {
		const looks = { pollIntervalSeconds: 1 };
		const limit = { timeoutMinutes: 0.05 };
		const calledBack = await parked(
			row(transcribe(recording(RUNS_ON), { pollIntervalSeconds: 3600 })),
		);
		const overlooked = await parked(row(transcribe(recording('slow-1s-no-webhook'), looks)));
		const overlookedToo = await parked(
			row(transcribe(recording('slow-1s-no-webhook'), looks), 'v0'),
		);
		const atTheLimit = await parked(row(transcribe(recording('slow-1s-no-webhook'), limit)));
		const tooLate = await parked(row(transcribe(recording('stuck-processing'), limit)));
		// n8n looks once a minute for executions that are due, and at once when it starts
		await n8n.restart();

		for (const id of [overlooked, overlookedToo, atTheLimit]) {
			const execution = await n8n.client.executions.end(id);
			expect(execution.status).toBe('success');
			expect(outputOf(execution, 'After')).toEqual([{ status: 'completed', from: 0 }]);
		}
		const late = await n8n.client.executions.end(tooLate);
		expect(late.data.resultData.error?.message).toContain('has not finished within 0.05 minutes');
		expect(outputOf(late, 'After')).toBeUndefined();
		expect(await statusOf(calledBack)).toBe('waiting');
		simulator.scriptivox.finishJobs();
		expect((await n8n.client.executions.end(calledBack)).status).toBe('success');
		expect(simulator.scriptivox.statistics()).toMatchObject({ jobs: 5 });
	});

	it('needs no callback for a job that ends before the execution has parked', async () => {
		simulator.scriptivox.fail({
			endpoint: 'POST /transcribe',
			kind: 'delay',
			stage: 'reply',
			seconds: 3,
		});
		const id = await start(row(transcribe(recording('short'))));

		expectTranscript(await n8n.client.executions.end(id));
		// n8n takes no call for an execution that still runs
		for (const { status } of simulator.scriptivox.deliveries()) expect(status).toBeGreaterThan(399);
		expect(simulator.scriptivox.deliveries()).toHaveLength(2);
	});

	it('fails with Scriptivox’s reason when the job failed', async () => {
		const id = await parked(row(transcribe(recording('slow-1s-fail-PROCESSING_ERROR'))));
		const execution = await n8n.client.executions.end(id);

		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('(PROCESSING_ERROR)');
		expect(outputOf(execution, 'After')).toBeUndefined();
	});

	it.each(ORDERS)(
		'gives a failed job to the error output, with its code and its item (execution order %s)',
		async (order) => {
			const node: INode = {
				...transcribe(recording('slow-1s-fail-PROCESSING_ERROR')),
				onError: 'continueErrorOutput',
			};
			const execution = await n8n.client.executions.end(await parked(row(node, order)));

			expect(execution.status).toBe('success');
			const [good, bad] = execution.data.resultData.runData.Transcribe?.[0]?.data?.main ?? [];
			expect(good).toEqual([]);
			expect(bad?.map(({ json }) => json)).toMatchObject([
				{ number: 0, details: { code: 'PROCESSING_ERROR' } },
			]);
			expect(outputOf(execution, 'After')).toBeUndefined();
		},
	);

	it('goes on once when it is called back twice', async () => {
		const id = await parked(row(transcribe(recording(`${RUNS_ON}-no-webhook`))));
		simulator.scriptivox.finishJobs();
		const answers = await Promise.all([send({}), send({})]);
		const execution = await n8n.client.executions.end(id);

		expectTranscript(execution);
		expect(execution.data.resultData.runData.After).toHaveLength(1);
		expect(answers).toContain(200);
		expect(await send({})).toBe(409);
	});

	it('takes no call without the token of its resume URL', async () => {
		const id = await parked(row(transcribe(recording(RUNS_ON))));
		const [bare] = job().webhookUrl!.split('?');

		expect(await send({ url: bare })).toBe(401);
		expect(await statusOf(id)).toBe('waiting');

		simulator.scriptivox.finishJobs();
		expectTranscript(await n8n.client.executions.end(id));
	});

	it('is not there for a call to an execution that does not exist', async () => {
		const answer = await fetch(`${n8n.url}/webhook-waiting/0`, { method: 'POST' });

		expect(answer.status).toBe(404);
	});

	it('waits for one job after the other in a loop', async () => {
		const loop: INode = {
			...nodeOf('Loop', 'n8n-nodes-base.splitInBatches', { batchSize: 1, options: {} }),
			typeVersion: 3,
		};
		const node = transcribe("={{ 'https://example.com/slow-1s-' + $json.number + '.mp3' }}");
		const workflow = inOrder('v1', rowOf('Loop', byHand(), items(3), loop));
		const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
		workflow.nodes.push(node, after());
		workflow.connections.Loop = { main: [[], [to('Transcribe')]] };
		workflow.connections.Transcribe = { main: [[to('After')]] };
		workflow.connections.After = { main: [[to('Loop')]] };

		const execution = await n8n.client.executions.end(await start(workflow));

		expect(execution.status).toBe('success');
		const rounds = execution.data.resultData.runData.After ?? [];
		expect(rounds.map(({ data }) => data?.main?.[0]?.map(({ json }) => json))).toEqual(
			[0, 1, 2].map((from) => [{ status: 'completed', from }]),
		);
		expect(simulator.scriptivox.statistics()).toMatchObject({ jobs: 3, paidJobs: 3 });
	});

	it('refuses several items before anything is sent', async () => {
		const workflow = inOrder(
			'v1',
			rowOf('Several', byHand(), items(2), transcribe(recording('short'))),
		);
		const execution = await n8n.client.executions.end(await start(workflow));

		expect(execution.data.resultData.error?.message).toBe(
			'Only one item an execution can wait for a callback, and there are 2',
		);
		expect(simulator.scriptivox.statistics()).toMatchObject({ jobs: 0 });
	});

	it(`is one of ${PARKED_AT_ONCE} that are parked at once and all end right`, async () => {
		const hook: INode = {
			...nodeOf('Hook', 'n8n-nodes-base.webhook', {
				httpMethod: 'POST',
				path: 'many',
				options: {},
			}),
			typeVersion: 2,
			webhookId: 'many',
		};
		const workflow = inOrder('v1', rowOf('Many', hook, transcribe('={{ $json.body.url }}')));
		const { id } = await n8n.client.createWorkflow(workflow);
		await n8n.client.publishWorkflow(id);
		for (let number = 0; number < PARKED_AT_ONCE; number++) {
			await fetch(`${n8n.url}/webhook/many`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ url: recording(`${RUNS_ON}-${number}`) }),
			});
		}
		const all = async (status: string) => {
			await sleep(500);
			const executions = await n8n.client.executions.newest(id);
			return (
				executions.length === PARKED_AT_ONCE && executions.every((each) => each.status === status)
			);
		};

		await until('all are parked', async () => await all('waiting'));
		expect(simulator.scriptivox.statistics()).toMatchObject({ jobs: PARKED_AT_ONCE, paidJobs: 0 });
		simulator.scriptivox.finishJobs();
		await until('all have ended right', async () => await all('success'));
		expect(simulator.scriptivox.statistics()).toMatchObject({ paidJobs: PARKED_AT_ONCE });
	});

	function readsOfTheJob(): number {
		return simulator.scriptivox.statistics().requests['GET /transcribe/{id}'] ?? 0;
	}
});
