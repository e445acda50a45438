import { randomUUID } from 'node:crypto';
import type { INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import { type Simulator, startSimulator } from '../../dev/simulator/server';
import { FolderWatcher, transcriptFor } from '../rig/folderWatcher';
import { genuineRequest } from '../rig/hostileRequests';
import { QueueMode } from '../rig/queueMode';
import { scriptivoxTarget } from '../rig/webhookTargets';
import { byHand, errorsOf, executionsOf, nodeOf, outputOf, rowOf } from '../rig/workflows';
import { until } from '../rig/until';

const TYPE = 'scriptivoxApi';
const RECORDING = 'https://example.com/talk.mp3';
/** A job that ends only when the simulator is told to. */
const ENDLESS = 'https://example.com/slow-9999s.mp3';

let queue: QueueMode;
let simulator: Simulator;
let credentials: INodeCredentials;

beforeAll(async () => {
	[queue, simulator] = await Promise.all([
		QueueMode.start(),
		startSimulator({ scriptivox: { rateLimits: { enabled: false } } }),
	]);
	const { apiKey, baseUrl } = simulator.scriptivox;
	const credential = { name: 'Scriptivox', type: TYPE, data: { apiKey, baseUrl } };
	credentials = { [TYPE]: await queue.main.client.credentials.create(credential) };
});

afterEach(() => simulator.reset());

afterAll(async () => {
	await simulator?.stop();
	await queue?.stop();
});

function transcribe(parameters: INodeParameters): INode {
	const all = { inputType: 'url', options: { requestsPerMinute: 0 }, ...parameters };
	return nodeOf('Transcribe', 'n8n-nodes-transcription.scriptivox', all, credentials);
}

describe('transcribing in queue mode', () => {
	it('runs by hand on a worker', async () => {
		const { client } = queue.main;
		const row = rowOf('By hand', byHand(), transcribe({ url: RECORDING }));
		const { id } = await client.createWorkflow(row);

		const execution = await client.executions.end(await client.runWorkflow(id, 'By Hand'));

		expect(execution.status).toBe('success');
		expect(outputOf(execution, 'Transcribe')).toEqual([
			expect.objectContaining({ provider: 'scriptivox', status: 'completed' }),
		]);
	});
});

describe('a signed trigger behind two webhook processes', () => {
	let workflowId: string;
	let path: string;

	beforeAll(async () => {
		const { client } = queue.main;
		const trigger: INode = {
			...nodeOf(
				'Trigger',
				'n8n-nodes-transcription.scriptivoxTrigger',
				{ options: { fetchTranscript: false } },
				credentials,
			),
			webhookId: randomUUID(),
		};
		path = `/webhook/${trigger.webhookId}/webhook`;
		const row = rowOf('Signed', trigger, nodeOf('Next', 'n8n-nodes-base.noOp'));
		({ id: workflowId } = await client.createWorkflow(row));
		await client.publishWorkflow(workflowId);
	});

	afterAll(async () => await queue.main.client.unpublishWorkflow(workflowId));

	const deliver = async (origin: string, request: Pick<RequestInit, 'headers' | 'body'>) =>
		(await fetch(`${origin}${path}`, { method: 'POST', ...request })).status;

	/** An event as Scriptivox sends it. */
	const signed = (id: string) =>
		genuineRequest(scriptivoxTarget(`${queue.url}${path}`, simulator.scriptivox.apiKey), id);

	it('starts a workflow for each event that the proxy brings, and for nothing unsigned', async () => {
		const ids = Array.from({ length: 10 }, (_, number) => `job-${number}`);

		const answers = await Promise.all(ids.map(async (id) => await deliver(queue.url, signed(id))));
		const unsigned = await deliver(queue.url, { body: '{}' });
		const executions = await executionsOf(queue.main, workflowId, ids.length);

		expect(answers).toEqual(ids.map(() => 200));
		expect(unsigned).toBe(401);
		const emitted = executions.flatMap((each) => outputOf(each, 'Trigger') ?? []);
		expect(emitted.map(({ id }) => id).sort()).toEqual(ids);
	});

	it('starts it once for an event that comes twice to one process', async () => {
		const before = (await queue.main.client.executions.newest(workflowId)).length;
		const origin = queue.webhooks[0]!.url;
		const request = signed('twice');

		const answers = [await deliver(origin, request), await deliver(origin, request)];
		await executionsOf(queue.main, workflowId, before + 1);

		expect(answers).toEqual([200, 200]);
		expect((await queue.main.client.executions.newest(workflowId)).length).toBe(before + 1);
	});
});

describe('an execution that waits for its callback', () => {
	it('outlives main and a worker, and goes on by a callback through the proxy', async () => {
		const { client } = queue.main;
		const row = rowOf('Parked', byHand(), transcribe({ url: ENDLESS, wait: 'webhook' }));
		row.settings = { saveManualExecutions: true };
		const { id } = await client.createWorkflow(row);
		const execution = await client.runWorkflow(id, 'By Hand');
		const statusOf = async () => (await client.executions.get(execution)).status;
		await until('parked', async () => (await statusOf()) === 'waiting');

		await Promise.all([queue.main.kill(), queue.workers[0]!.kill()]);
		await Promise.all([queue.main.resume(), queue.workers[0]!.start()]);
		simulator.scriptivox.finishJobs();
		const ended = await client.executions.end(execution, 120);

		expect(ended.status).toBe('success');
		expect(simulator.scriptivox.statistics().paidJobs).toBe(1);
	});
});

/** What an execution says whose worker was killed. */
const OF_A_KILLED_WORKER = /crashed|stalled/i;

describe('the folder watcher in queue mode', () => {
	it('gives each file one transcript and pays once, though a worker is killed', async () => {
		const { main, root, url, workers } = queue;
		const watcher = await FolderWatcher.start({ within: { n8n: main, root, url } });
		try {
			const names = Array.from({ length: 20 }, (_, number) => `${number}.mp3`);
			const contents: Record<string, Buffer> = {};
			for (const name of names) contents[name] = await watcher.drop(name);
			await watcher.until('files are on their way', () => {
				return watcher.simulator.scriptivox.statistics().uploads.created > 3;
			});
			await workers[1]!.kill();
			await workers[1]!.start();
			await watcher.untilSettled();

			const expected = Object.entries(contents).map(([name, content]) => [
				name.replace('.mp3', '.txt'),
				transcriptFor(content),
			]);
			expect(await watcher.texts()).toEqual(Object.fromEntries(expected));
			expect(watcher.simulator.scriptivox.statistics().paidJobs).toBe(names.length);
			const errors = await errorsOf(main.client, watcher.workflowId);
			expect(errors.filter((message) => !OF_A_KILLED_WORKER.test(message))).toEqual([]);
		} finally {
			await main.client.unpublishWorkflow(watcher.workflowId);
			await watcher.stop();
		}
	});
});
