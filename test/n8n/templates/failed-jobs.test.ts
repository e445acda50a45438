import type { INode } from 'n8n-workflow';
import type { CredentialReference, WorkflowJson } from '../../../dev/n8n/types';
import { simulatedCredentials } from '../../../dev/simulator/credentials';
import { type Chat, startChat } from '../../rig/hosts/chat';
import { callsN8n, FAILED_JOBS, publishFailedJobs } from '../../rig/templates/failedJobs';
import { Gallery } from '../../rig/templates/gallery';
import { publish } from '../../rig/workflows/published';
import { nodeOf, rowOf } from '../../rig/workflows/workflows';
import { addCrashed, callCrashed, writeOver } from '../../rig/n8n/crashes';
import { until } from '../../rig/basics/until';

const secondsBetween = { 'Every 5 Minutes': 3, 'Every Day at 8': 12 };
describe('the template failed-jobs', () => {
	let gallery: Gallery;
	let chat: Chat;
	let errorWorkflowId: string;
	const credentials: Record<string, CredentialReference> = {};

	beforeAll(async () => {
		chat = await startChat();
		gallery = await Gallery.start();
		const { client } = gallery.n8n;
		for (const credential of simulatedCredentials(gallery.simulator)) {
			credentials[credential.type] = await client.credentials.create(credential);
		}
		errorWorkflowId = await publishFailedJobs(gallery, {
			settings: { messageUrl: chat.url, firstRetryMinutes: 0, maxRetries: 2 },
			secondsBetween,
		});
	});

	afterAll(async () => {
		await gallery.stop();
		await chat.stop();
	});

	/**
	 * Publishes a workflow that hands its failures to the template, and runs it once.
	 *
	 * @returns its ID
	 */
	async function run(name: string, ...nodes: INode[]): Promise<string> {
		return await runWith({ errorWorkflow: errorWorkflowId }, name, ...nodes);
	}

	async function runWith(
		settings: WorkflowJson['settings'],
		name: string,
		...nodes: INode[]
	): Promise<string> {
		const trigger = nodeOf('Webhook', 'n8n-nodes-base.webhook', { path: name, httpMethod: 'POST' });
		const workflow: WorkflowJson = rowOf(name, { ...trigger, webhookId: name }, ...nodes);
		const id = await publish(gallery.n8n, { ...workflow, settings });
		// n8n may be killed before it answers
		void fetch(`${gallery.n8n.url}/webhook/${name}`, { method: 'POST' }).catch(() => {});
		return id;
	}

	function transcribe(fileName: string, wait: 'poll' | 'webhook' = 'poll'): INode {
		return nodeOf(
			'Transcribe',
			'n8n-nodes-transcription.scriptivox',
			{
				resource: 'transcription',
				operation: 'transcribe',
				inputType: 'url',
				url: `https://example.com/${fileName}`,
				wait,
				options: { maxRetries: 0, pollIntervalSeconds: 0.2 },
			},
			{ scriptivoxApi: credentials.scriptivoxApi! },
		);
	}

	function transcribeWithoutKey(): INode {
		return nodeOf(
			'Transcribe',
			'n8n-nodes-transcription.transcripton',
			{
				resource: 'job',
				operation: 'transcribe',
				inputType: 'url',
				url: 'https://example.com/lost.mp3',
				wait: 'none',
				options: {},
			},
			{ transcriptonApi: credentials.transcriptonApi! },
		);
	}

	const rowOfWorkflow = async (name: string) =>
		(await gallery.rows(FAILED_JOBS)).find((row) => row.workflow === name);

	async function untilWhatToDo(name: string, whatToDo: string): Promise<void> {
		await until(`${name}: ${whatToDo}`, async () => {
			return (await rowOfWorkflow(name))?.whatToDo === whatToDo;
		});
	}

	const linesAbout = (name: string) =>
		chat.texts.flatMap((text) => text.split('\n')).filter((line) => line.startsWith(`- ${name}`));

	it('sorts failures by their code', async () => {
		const { transcripton } = gallery.simulator;
		transcripton.fail({ endpoint: 'POST /jobs/from-url', kind: 'reset', stage: 'reply' });
		await run('empty-balance', transcribe('refuse-ZERO_BALANCE.mp3'));
		await run('wrong-key', transcribe('refuse-API_KEY_REVOKED.mp3'));
		await run('no-sound', transcribe('fail-INVALID_MEDIA_FORMAT.mp3'));
		await run('lost-reply', transcribeWithoutKey());
		await run(
			'another-node',
			nodeOf('Stop', 'n8n-nodes-base.stopAndError', { errorMessage: 'No luck (RATE_LIMITED)' }),
		);

		await untilWhatToDo('empty-balance', 'needs a human');
		await untilWhatToDo('wrong-key', 'needs a human');
		await untilWhatToDo('no-sound', 'give up');
		await untilWhatToDo('lost-reply', 'needs a human');
		await untilWhatToDo('another-node', 'needs a human');
		expect(await rowOfWorkflow('empty-balance')).toMatchObject({
			node: 'Transcribe',
			code: 'ZERO_BALANCE',
			message: expect.stringContaining('Scriptivox refused') as string,
			advice: expect.stringContaining('Add funds') as string,
			url: expect.stringContaining('/executions/') as string,
		});
		expect((await rowOfWorkflow('lost-reply'))!.advice).toContain('may have arrived');
		expect(transcripton.statistics().jobs).toBe(1);
	});

	it('retries what may pass until it does, and pays once', async () => {
		const before = gallery.simulator.scriptivox.statistics().paidJobs;

		await run('passes', transcribe('status-500-on-transcribe-x2.mp3'));

		await untilWhatToDo('passes', 'solved by a retry');
		expect(await rowOfWorkflow('passes')).toMatchObject({ state: 'solved', retries: 2 });
		expect(gallery.simulator.scriptivox.statistics().paidJobs - before).toBe(1);
	});

	it('gives up after as many retries as its settings say', async () => {
		await run('never-passes', transcribe('fail-BILLING_ERROR.mp3'));

		await untilWhatToDo('never-passes', 'give up');
		expect(await rowOfWorkflow('never-passes')).toMatchObject({ retries: 2 });
	});

	it('retries several failures at once', async () => {
		const names = ['first', 'second', 'third'];
		await Promise.all(
			names.map(async (name) => await run(name, transcribe(`fail-BILLING_ERROR-${name}.mp3`))),
		);

		for (const name of names) {
			await untilWhatToDo(name, 'give up');
			expect(await rowOfWorkflow(name)).toMatchObject({ retries: 2 });
		}
	});

	it('retries a failure behind as many that are being retried as it starts at once', async () => {
		const { client } = gallery.n8n;
		const executionId = String((await rowOfWorkflow('first'))!.executionId);
		const underWay = { executionId, workflow: 'under-way', state: 'retrying' };
		const table = (await client.tables.named(FAILED_JOBS))!;
		const rows = Array.from({ length: 20 }, () => ({ ...underWay, whatToDo: 'retry later' }));
		await client.tables.insertRows(table.id, rows);

		await run('behind', transcribe('fail-BILLING_ERROR-behind.mp3'));

		await untilWhatToDo('behind', 'give up');
		expect(await rowOfWorkflow('behind')).toMatchObject({ retries: 2 });
	});

	it('retries an execution that was parked for a job that failed', async () => {
		const fileName = 'slow-6s-fail-BILLING_ERROR.mp3';

		await run('parked', transcribe(fileName, 'webhook'));

		await untilWhatToDo('parked', 'give up');
		expect(await rowOfWorkflow('parked')).toMatchObject({ retries: 2, code: 'BILLING_ERROR' });
		const started = gallery.simulator.scriptivox.jobs().map((job) => job.fileName);
		expect(started.filter((name) => name === fileName)).toHaveLength(3);
	});

	it('follows a retry that is parked until it has gone well', async () => {
		const before = gallery.simulator.scriptivox.statistics().paidJobs;

		await run('parks', transcribe('slow-6s-status-500-on-transcribe-x1.mp3', 'webhook'));

		await untilWhatToDo('parks', 'solved by a retry');
		expect(await rowOfWorkflow('parks')).toMatchObject({ state: 'solved', retries: 1 });
		expect(gallery.simulator.scriptivox.statistics().paidJobs - before).toBe(1);
	});

	it('leaves an execution with several items to a human, as a retry would pay for all of them', async () => {
		const before = gallery.simulator.scriptivox.statistics().jobs;
		const files = nodeOf('Files', 'n8n-nodes-base.code', {
			jsCode:
				"return ['done.mp3', 'fail-BILLING_ERROR-2.mp3'].map((name) => ({ json: { name } }));",
		});
		const node = transcribe('');
		node.parameters.url = '=https://example.com/{{ $json.name }}';

		await run('several', { ...files, typeVersion: 2 }, node);

		await untilWhatToDo('several', 'needs a human');
		expect((await rowOfWorkflow('several'))!.advice).toContain('several items');
		expect(gallery.simulator.scriptivox.statistics().jobs - before).toBe(2);
	});

	it('leaves an execution that n8n has deleted to a human', async () => {
		const { client } = gallery.n8n;
		const table = (await client.tables.named(FAILED_JOBS))!;
		const failure = { executionId: '987654321', workflow: 'deleted', state: 'open' };
		await client.tables.insertRows(table.id, [{ ...failure, whatToDo: 'retry later' }]);

		await untilWhatToDo('deleted', 'needs a human');
		expect((await rowOfWorkflow('deleted'))!.advice).toContain('n8n could not retry it: ');
	});

	it('retries what was parked when n8n ended, and leaves what else was under way to a human', async () => {
		const { scriptivox } = gallery.simulator;
		const before = scriptivox.statistics().paidJobs;
		const parked = await run('cut-off', transcribe('slow-3s.mp3', 'webhook'), pause(5));
		const other = await run('cut-off-too', pause(300));
		await untilAnyIs(parked, 'waiting');
		await untilAnyIs(parked, 'running');
		await untilAnyIs(other, 'running');

		await gallery.n8n.kill();
		await gallery.n8n.resume();

		await untilWhatToDo('cut-off', 'solved by a retry');
		expect(await rowOfWorkflow('cut-off')).toMatchObject({ retries: 1 });
		expect(scriptivox.statistics().paidJobs - before).toBe(1);
		await untilWhatToDo('cut-off-too', 'needs a human');
		expect((await rowOfWorkflow('cut-off-too'))!.advice).toContain('how far it came');
	});

	it('does so with what n8n calls crashed without telling its error workflow', async () => {
		const wait = {
			...nodeOf('Wait', 'n8n-nodes-base.wait', { resume: 'webhook' }),
			webhookId: 'w',
		};
		const again = { ...transcribe('again.mp3'), name: 'Again' };

		const crashes = await run('crashes', transcribe('slow-600s.mp3', 'webhook'));
		// more than n8n's API lists at once
		await addCrashed(gallery.n8n, await parkedExecutionOf(crashes), 260);
		await crash(crashes);
		// n8n looks only once a minute whether it is time to go on with what is parked
		gallery.simulator.scriptivox.finishJobs();
		await crash(await run('pays-behind', transcribe('slow-601s.mp3', 'webhook'), again));
		const other = await run('crashes-too', wait);
		await crash(other);
		await crash(await runWith({}, 'of-another', wait));
		const writtenOver = await run('written-over', transcribe('slow-602s.mp3', 'webhook'));
		await writeOver(gallery.n8n, await parkedExecutionOf(writtenOver));
		await crash(writtenOver);

		await untilWhatToDo('crashes', 'solved by a retry');
		expect(await rowOfWorkflow('crashes')).toMatchObject({ node: 'Transcribe', retries: 1 });
		await untilWhatToDo('pays-behind', 'needs a human');
		expect((await rowOfWorkflow('pays-behind'))!.advice).toContain('may pay for again');
		await untilWhatToDo('crashes-too', 'needs a human');
		expect((await rowOfWorkflow('crashes-too'))!.url).toContain(
			`${gallery.n8n.url}/workflow/${other}/executions/`,
		);
		await untilWhatToDo('of-another', 'not looked after');
		await untilWhatToDo('written-over', 'needs a human');
		const jobs = gallery.simulator.scriptivox.jobs();
		const ofWrittenOver = jobs.find(({ fileName }) => fileName === 'slow-602s.mp3')!;
		expect((await rowOfWorkflow('written-over'))!.advice).toContain(
			`its job: Scriptivox ${ofWrittenOver.id}.`,
		);
		const rows = await gallery.rows(FAILED_JOBS);
		expect(rows.filter(({ workflow }) => workflow === 'crashes')).toHaveLength(1);
		const started = jobs.map(({ fileName }) => fileName);
		expect(started.filter((name) => name === 'slow-600s.mp3')).toHaveLength(1);
		expect(started).not.toContain('again.mp3');
	});

	/** Calls the only execution of a workflow that is parked crashed, once it is. */
	async function crash(workflowId: string): Promise<void> {
		await callCrashed(gallery.n8n, await parkedExecutionOf(workflowId));
	}

	/** The ID of the only execution of a workflow that is parked, once it is. */
	async function parkedExecutionOf(workflowId: string): Promise<string> {
		await untilAnyIs(workflowId, 'waiting');
		const [execution] = await gallery.n8n.client.executions.newest(workflowId, 'waiting');
		return execution!.id;
	}

	function pause(seconds: number): INode {
		const jsCode = `await new Promise((done) => setTimeout(done, ${seconds * 1000}));\nreturn $input.all();`;
		return { ...nodeOf('Pause', 'n8n-nodes-base.code', { jsCode }), typeVersion: 2 };
	}

	async function untilAnyIs(workflowId: string, status: string): Promise<void> {
		const { executions } = gallery.n8n.client;
		const isSo = async () => (await executions.count(workflowId, status)) > 0;
		await until(`an execution of ${workflowId} is ${status}`, isSo);
	}

	it('reports each failure once, grouped by what to do, and again when that has changed', async () => {
		const { client } = gallery.n8n;
		const table = (await client.tables.named(FAILED_JOBS))!;
		await client.tables.insertRows(table.id, [{ executionId: '0', workflow: 'by-somebody' }]);

		await until('all is reported', async () => {
			const rows = await gallery.rows(FAILED_JOBS);
			return rows.every(({ reportedAs, whatToDo }) => reportedAs === (whatToDo ?? 'not sorted'));
		});

		for (const name of ['empty-balance', 'no-sound', 'lost-reply', 'another-node', 'by-somebody']) {
			expect(linesAbout(name)).toHaveLength(1);
		}
		expect(linesAbout('of-another')).toHaveLength(0);
		const reports = chat.texts.join('\n');
		expect(reports).toContain('Needs a human');
		expect(reports).toContain('Given up');
		expect(reports).toContain('Solved by a retry (1)\n- passes, Transcribe: ');
		expect(reports).toContain(String((await rowOfWorkflow('empty-balance'))!.url));
	});

	it('also works without an API key of n8n: the report then has the link to retry by hand', async () => {
		await gallery.n8n.client.unpublishWorkflow(errorWorkflowId);
		errorWorkflowId = await gallery.publishTemplate('failed-jobs', {
			settings: { messageUrl: chat.url },
			secondsBetween: { 'Every Day at 8': 3 },
			edit: ({ nodes }) => {
				const deactivated = nodes.filter(
					(node) => callsN8n(node) || node.name === 'Every 5 Minutes',
				);
				for (const node of deactivated) node.disabled = true;
			},
		});
		chat.refusals = 1;

		await run('by-hand', transcribe('fail-INTERNAL_ERROR.mp3'));

		await until('it is reported', () => linesAbout('by-hand').length > 0);
		const report = chat.texts.find((text) => text.includes('- by-hand'))!;
		expect(report).toContain('Retry later (1)');
		expect(report).toContain(String((await rowOfWorkflow('by-hand'))!.url));
	});
});
