import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import { UNDER_WAY } from '../../dev/n8n/executions';
import type { Execution } from '../../dev/n8n/types';
import { simulatedCredentials } from '../../dev/simulator/credentials';
import { type Simulator, startSimulator } from '../../dev/simulator/server';
import { FolderWatcher, transcriptFor } from '../rig/templates/folderWatcher';
import { genuineRequest } from '../rig/flood/hostileRequests';
import { QueueMode } from '../rig/queue/queueMode';
import { scriptivoxTarget, type Target, transcriptonTarget } from '../rig/flood/webhookTargets';
import {
	byHand,
	errorsOf,
	executionsOf,
	nodeOf,
	outputOf,
	rowOf,
} from '../rig/workflows/workflows';
import { until } from '../rig/basics/until';

const TYPES = ['scriptivoxApi', 'transcriptonApi'];
/** Within so long two executions of one event have started, if two do. */
const AT_ONCE_SECONDS = 10;
const MOST_EVENTS = 10;
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
	credentials = {};
	for (const type of TYPES) Object.assign(credentials, await newCredential(type));
});

afterEach(() => simulator.reset());

afterAll(async () => {
	await simulator?.stop();
	await queue?.stop();
});

function transcribe(parameters: INodeParameters): INode {
	const all = { inputType: 'url', options: { requestsPerMinute: 0 }, ...parameters };
	return nodeOf('Transcribe', 'n8n-nodes-transcription.scriptivox', all, of('scriptivoxApi'));
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

/** A credential that no process has used yet. */
async function newCredential(type: string): Promise<INodeCredentials> {
	const { name, data } = simulatedCredentials(simulator).find((each) => each.type === type)!;
	return { [type]: await queue.main.client.credentials.create({ name, type, data }) };
}

/** The credential of one type, which the tests share. */
const of = (type: string): INodeCredentials => ({ [type]: credentials[type]! });

/** The signed triggers, each with what its provider calls and signs with. */
const SIGNED = {
	scriptivox: (url: string) => scriptivoxTarget(url, simulator.scriptivox.apiKey),
	transcripton: (url: string) => transcriptonTarget(url, simulator.transcripton.webhookSecret),
};

/** A published workflow that begins with a signed trigger. */
class Listening {
	private constructor(
		readonly workflowId: string,
		private readonly path: string,
		private readonly target: Target,
	) {}

	/** @param steps what comes after the trigger */
	static async publish(provider: keyof typeof SIGNED, ...steps: INode[]): Promise<Listening> {
		const { client } = queue.main;
		const type = `n8n-nodes-transcription.${provider}Trigger`;
		const trigger = {
			...nodeOf('Trigger', type, { options: { fetchTranscript: false } }, of(`${provider}Api`)),
			webhookId: randomUUID(),
		};
		const path = `/webhook/${trigger.webhookId}/webhook`;
		const { id } = await client.createWorkflow(rowOf('Signed', trigger, ...steps));
		await client.publishWorkflow(id);
		return new Listening(id, path, SIGNED[provider](`${queue.url}${path}`));
	}

	/** An event as the provider sends it. */
	signed(id: string): Pick<RequestInit, 'headers' | 'body'> {
		return genuineRequest(this.target, id);
	}

	/** @returns the status of the answer */
	async deliver(origin: string, request: Pick<RequestInit, 'headers' | 'body'>): Promise<number> {
		return (await fetch(`${origin}${this.path}`, { method: 'POST', ...request })).status;
	}

	async end(): Promise<void> {
		await queue.main.client.unpublishWorkflow(this.workflowId);
	}
}

describe.each(['scriptivox', 'transcripton'] as const)(
	'the signed trigger of %s behind two webhook processes',
	(provider) => {
		let trigger: Listening;

		beforeAll(async () => {
			trigger = await Listening.publish(provider, nodeOf('Next', 'n8n-nodes-base.noOp'));
		});

		afterAll(async () => await trigger?.end());

		it('starts a workflow for each event that the proxy brings, and for nothing unsigned', async () => {
			const ids = Array.from({ length: 10 }, (_, number) => `job-${number}`);

			const answers = await Promise.all(
				ids.map(async (id) => await trigger.deliver(queue.url, trigger.signed(id))),
			);
			const unsigned = await trigger.deliver(queue.url, { body: '{}' });
			const executions = await executionsOf(queue.main, trigger.workflowId, ids.length);

			expect(answers).toEqual(ids.map(() => 200));
			expect(unsigned).toBe(401);
			const emitted = executions.flatMap((each) => outputOf(each, 'Trigger') ?? []);
			expect(emitted.map(({ id }) => id).sort()).toEqual(ids);
		});

		it('starts it once for an event that comes twice to one process', async () => {
			const { executions } = queue.main.client;
			const before = (await executions.newest(trigger.workflowId)).length;
			const origin = queue.webhooks[0]!.url;
			const request = trigger.signed('twice');

			const answers = [
				await trigger.deliver(origin, request),
				await trigger.deliver(origin, request),
			];
			await executionsOf(queue.main, trigger.workflowId, before + 1);

			expect(answers).toEqual([200, 200]);
			expect((await executions.newest(trigger.workflowId)).length).toBe(before + 1);
		});
	},
);

describe('an event that two webhook processes receive at once', () => {
	/** The step of docs/webhooks-behind-a-proxy.md that claims a job in its table. */
	function claimIn(tableId: string): INode {
		const conditions = [
			{ keyName: 'jobId', condition: 'eq', keyValue: '={{ $json.id }}' },
			{ keyName: 'status', condition: 'eq', keyValue: 'started' },
		];
		return {
			...nodeOf('Claim', 'n8n-nodes-base.dataTable', {
				resource: 'row',
				operation: 'update',
				dataTableId: { __rl: true, mode: 'id', value: tableId },
				matchType: 'allConditions',
				filters: { conditions },
				columns: {
					mappingMode: 'defineBelow',
					value: { status: 'done' },
					matchingColumns: [],
					schema: [{ id: 'status', displayName: 'status', type: 'string', display: true }],
				},
			}),
			typeVersion: 1.1,
		};
	}

	it('starts two executions, of which only one finds the row that it claims', async () => {
		const { tables } = queue.main.client;
		const table = await tables.create('Jobs', [
			{ name: 'jobId', type: 'string' },
			{ name: 'status', type: 'string' },
		]);
		const next = nodeOf('Next', 'n8n-nodes-base.noOp');
		const trigger = await Listening.publish('scriptivox', claimIn(table.id), next);
		let before = 0;

		/** Lets both processes receive an event, and gives the executions that it has started. */
		async function receiveTwice(jobId: string): Promise<Execution[]> {
			await tables.insertRows(table.id, [{ jobId, status: 'started' }]);
			const request = trigger.signed(jobId);
			const answers = await Promise.all(
				queue.webhooks.map(async ({ url }) => await trigger.deliver(url, request)),
			);
			expect(answers).toEqual([200, 200]);
			const all = await executionsOf(queue.main, trigger.workflowId, before + 2, AT_ONCE_SECONDS);
			const started = all.slice(before);
			before = all.length;
			return started;
		}

		try {
			let started: Execution[] = [];
			let events = 0;
			// a process that receives it only once the other has noted it starts nothing
			for (; started.length < 2 && events < MOST_EVENTS; events++) {
				started = await receiveTwice(`claimed-${events}`);
				const wentOn = started.filter((each) => outputOf(each, 'Next') !== undefined);
				expect(wentOn).toHaveLength(1);
			}
			expect(started.map(({ status }) => status)).toEqual(['success', 'success']);
			const rows = await tables.rows(table.id);
			expect(rows.map(({ status }) => status)).toEqual(Array(events).fill('done'));
		} finally {
			await trigger.end();
		}
	});
});

describe('a limit that two workers share', () => {
	const LIMIT = 20;
	/** More than one worker may send of the limit, fewer than the limit. */
	const ITEMS = 15;
	const MOST_EXECUTIONS = 12;

	beforeEach(() => {
		const rateLimits = { enabled: true, perKey: { 'GET /balance': LIMIT }, perAddress: 1000 };
		simulator.scriptivox.configure({ rateLimits });
	});

	const sent = () => simulator.scriptivox.statistics().requests['GET /balance'] ?? 0;

	/** Runs executions, each of which wants 15 requests, until more was sent than a number says; then ends them. */
	async function sendMoreThan(count: number, options: INodeParameters): Promise<void> {
		const { client } = queue.main;
		const items = `return Array.from({ length: ${ITEMS} }, () => ({ json: {} }));`;
		const parameters = { resource: 'account', operation: 'getBalance', options };
		// whose requests no worker has counted yet
		const fresh = await newCredential('scriptivoxApi');
		const row = rowOf(
			'Balance',
			byHand(),
			{ ...nodeOf('Items', 'n8n-nodes-base.code', { jsCode: items }), typeVersion: 2 },
			nodeOf('Balance', 'n8n-nodes-transcription.scriptivox', parameters, fresh),
		);
		const { id } = await client.createWorkflow(row);
		const executions: string[] = [];
		await until(
			`more than ${count} requests`,
			async () => {
				if (executions.length < MOST_EXECUTIONS)
					executions.push(await client.runWorkflow(id, 'By Hand'));
				return sent() > count;
			},
			60,
			async () => `There were ${sent()}.`,
		);
		// whoever may send at once has done so
		await sleep(3000);
		for (const each of executions) {
			const { status } = await client.executions.get(each);
			if (UNDER_WAY.includes(status)) await client.executions.stop(each);
		}
	}

	it('is kept where *Processes* says how many there are', async () => {
		// more than one process sends of its half: the other has begun
		await sendMoreThan(LIMIT / 2, { requestsPerMinute: LIMIT, processes: 2 });

		expect(sent()).toBeLessThanOrEqual(LIMIT);
		expect(simulator.scriptivox.statistics().rateLimited).toBe(0);
	});

	it('is met where each takes all of it', async () => {
		// more than one process sends
		await sendMoreThan(LIMIT, { requestsPerMinute: LIMIT });

		expect(simulator.scriptivox.statistics().rateLimited).toBeGreaterThan(0);
	});
});

describe('the proxy in front', () => {
	it('gives main what is no webhook', async () => {
		const editor = await fetch(`${queue.url}/rest/login`);

		// a webhook process knows no such path
		expect(editor.status).toBe(401);
		expect((await fetch(`${queue.webhooks[0]!.url}/rest/login`)).status).toBe(404);
		expect((await fetch(`${queue.url}/healthz`)).status).toBe(200);
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
		// main or a webhook process writes that, whichever has handed the execution to a worker
		const namedJob = async () =>
			(await client.executions.get(execution)).customData?.jobs_under_way;
		const job = simulator.scriptivox.jobs().at(-1)!.id;
		await until('its job is named', async () => (await namedJob()) === `Scriptivox ${job}`);

		await Promise.all([queue.main.kill(), queue.workers[0]!.kill()]);
		await Promise.all([queue.main.resume(), queue.workers[0]!.start()]);
		simulator.scriptivox.finishJobs();
		const ended = await client.executions.end(execution, 120);

		expect(ended.status).toBe('success');
		expect(simulator.scriptivox.statistics().paidJobs).toBe(1);
		await until('no job is named any more', async () => (await namedJob()) === '');
	});
});

/** What an execution says whose worker was killed. */
const OF_A_KILLED_WORKER = /crashed|stalled/i;

describe('the folder watcher in queue mode', () => {
	it('gives each file one transcript and pays once, though a worker is killed', async () => {
		const { main, workers } = queue;
		const watcher = await FolderWatcher.start({ within: queue });
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
