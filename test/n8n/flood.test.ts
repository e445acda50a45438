import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';
import { Gallery } from '../rig/gallery';
import { flood } from '../rig/flood';
import { genuineRequest } from '../rig/hostileRequests';
import { dropboxTarget, scriptivoxTarget, transcriptonTarget } from '../rig/webhookTargets';
import { byHand, executionsOf, nodeOf, outputOf, rowOf } from '../rig/workflows';

const SEED = 20261126;
const ATTACKS = 100;
/** More than the garbage collector leaves lying about, and far less than 100 attacks weigh. */
const MEGABYTES_OF_NOISE = 150;
const ENDLESS = 'https://example.com/slow-9999s.mp3';

let gallery: Gallery;

beforeAll(async () => {
	gallery = await Gallery.start({
		simulator: { scriptivox: { rateLimits: { enabled: false } } },
		hosts: ({ dropbox }) => dropbox.hosts(),
		authorize: ({ dropbox }) => ({
			dropboxUploadOAuth2Api: (url) => dropbox.authorize(url),
		}),
	});
});

afterAll(async () => {
	await gallery?.stop();
});

/** A published workflow with one of the signed triggers. */
async function listening(node: string, credentialType: string, parameters: INodeParameters) {
	const { client } = gallery.n8n;
	const trigger = {
		...nodeOf('Trigger', `n8n-nodes-transcription.${node}`, parameters, {
			[credentialType]: gallery.credential(credentialType),
		}),
		webhookId: randomUUID(),
	};
	const workflow = rowOf(node, trigger, nodeOf('Next', 'n8n-nodes-base.noOp'));
	const { id } = await client.createWorkflow(workflow);
	await client.publishWorkflow(id);
	return { id, url: `${gallery.n8n.url}/webhook/${trigger.webhookId}/webhook` };
}

describe('a flood of hostile requests', () => {
	/** The Scriptivox trigger of a published workflow. */
	async function scriptivoxTrigger() {
		const { id, url } = await listening('scriptivoxTrigger', 'scriptivoxApi', {
			options: { fetchTranscript: false },
		});
		return { id, target: scriptivoxTarget(url, gallery.simulator.scriptivox.apiKey) };
	}

	it('starts nothing at the Scriptivox trigger, and keeps out no genuine event', async () => {
		const { id, target } = await scriptivoxTrigger();

		const outcome = await flood(gallery.n8n, target, { seed: SEED, count: ATTACKS });
		await expectOnlyGenuine(id, outcome);
	});

	it('starts nothing at the Transcripton trigger, and keeps out no genuine event', async () => {
		const { webhookSecret } = gallery.simulator.transcripton;
		const { id, url } = await listening('transcriptonTrigger', 'transcriptonApi', {
			options: { fetchTranscript: false },
		});
		const target = transcriptonTarget(url, webhookSecret);

		const outcome = await flood(gallery.n8n, target, { seed: SEED + 1, count: ATTACKS });
		await expectOnlyGenuine(id, outcome);
	});

	it('makes the Dropbox trigger look for nothing but genuine notifications', async () => {
		const { dropbox } = gallery.simulator;
		dropbox.addFolder('/Flooded');
		const { id, url } = await listening('dropboxUploadTrigger', 'dropboxUploadOAuth2Api', {
			receive: 'webhook',
			folder: { __rl: true, mode: 'path', value: '/Flooded' },
			download: 'none',
		});
		const looks = () => dropbox.statistics().requests['POST /files/list_folder/continue'] ?? 0;
		const target = dropboxTarget(url, dropbox.settings.appSecret);
		const before = looks();

		const outcome = await flood(gallery.n8n, target, { seed: SEED + 2, count: ATTACKS });

		expect(outcome.letIn).toEqual({});
		expect(new Set(outcome.genuineAnswers)).toEqual(new Set([200]));
		expect(looks() - before).toBeLessThanOrEqual(outcome.genuine.length);
		expect(await gallery.n8n.client.executions(id)).toEqual([]);
	});

	it('resumes no parked execution, which a genuine callback then does', async () => {
		const { client, url: n8nUrl } = gallery.n8n;
		const { scriptivox } = gallery.simulator;
		const transcribe = nodeOf(
			'Transcribe',
			'n8n-nodes-transcription.scriptivox',
			{ inputType: 'url', url: ENDLESS, wait: 'webhook' },
			{ scriptivoxApi: gallery.credential('scriptivoxApi') },
		);
		const row = {
			...rowOf('Parked', byHand(), transcribe),
			settings: { saveManualExecutions: true },
		};
		const { id } = await client.createWorkflow(row);
		const execution = await client.runWorkflow(id, 'By Hand');
		const statusOf = async () => (await client.execution(execution)).status;
		await gallery.until('parked', async () => (await statusOf()) === 'waiting');
		const job = scriptivox.jobs()[0]!;
		const callback = new URL(job.webhookUrl!);
		// genuine events are about other jobs here: they are taken, and change nothing
		const target = scriptivoxTarget(
			`${n8nUrl}${callback.pathname}${callback.search}`,
			scriptivox.apiKey,
		);

		const outcome = await flood(gallery.n8n, target, { seed: SEED + 3, count: ATTACKS });

		expect(outcome.letIn).toEqual({});
		expect(new Set(outcome.genuineAnswers)).toEqual(new Set([200]));
		expect(await statusOf()).toBe('waiting');
		scriptivox.finishJobs();
		expect((await client.executionEnd(execution)).status).toBe('success');
	});

	/** Holds that each genuine event started one execution, also where it is sent again. */
	async function expectOnlyGenuine(
		workflowId: string,
		outcome: Awaited<ReturnType<typeof flood>>,
	): Promise<void> {
		const { genuine, genuineAnswers, hostile, letIn, memory } = outcome;
		const executions = await executionsOf(gallery.n8n, workflowId, genuine.length);
		const emitted = executions.flatMap((each) => outputOf(each, 'Trigger') ?? []);

		expect(letIn).toEqual({});
		expect(hostile).toBe(ATTACKS);
		expect(new Set(genuineAnswers)).toEqual(new Set([200]));
		expect(emitted.map(({ id }) => id).sort()).toEqual([...genuine].sort());
		expect(memory.at(-1)! - memory[0]!).toBeLessThan(MEGABYTES_OF_NOISE);
	}

	it('starts a genuine event once, however often it is played back', async () => {
		const { id, target } = await scriptivoxTrigger();
		const { headers, body } = genuineRequest(target, 'played-back');

		const answers = [];
		for (let times = 0; times < 20; times++) {
			answers.push((await fetch(target.url, { method: 'POST', headers, body })).status);
		}

		expect(new Set(answers)).toEqual(new Set([200]));
		expect(await executionsOf(gallery.n8n, id, 2, 2000)).toHaveLength(1);
	});
});
