import type { INode, INodeParameters } from 'n8n-workflow';
import { lookUntil } from '../../dev/lookUntil';
import type { Execution } from '../../dev/n8n/types';
import { until } from '../rig/basics/until';
import { byHand, nodeOf, rowOf } from '../rig/workflows/workflows';
import { Canvas } from './canvas';
import type { Editor } from './editor';
import { useEditor } from './useEditor';

const HINT = 'Each execution of this step starts a new job, which Transcripton may charge.';
const NOTED_WITHIN_SECONDS = 10;

let editor: Editor;
let canvas: Canvas;

useEditor((opened) => {
	editor = opened;
	canvas = new Canvas(editor.page);
});

/** A node of Transcripton, with the credential that n8n has stored. */
async function job(name: string, operation: string, more: INodeParameters): Promise<INode> {
	const [credential] = await editor.client.credentials.ofType('transcriptonApi');
	return nodeOf(
		name,
		'n8n-nodes-transcription.transcripton',
		{ resource: 'job', operation, ...more },
		{ transcriptonApi: { id: credential!.id, name: credential!.name } },
	);
}

/** How often the simulated Transcripton was asked for the state of a job. */
async function looksAtJobs(): Promise<number> {
	const { credentials } = editor.stage;
	const { data } = credentials.find(({ type }) => type === 'transcriptonApi')!;
	const reply = await fetch(new URL('/control/statistics', String(data.baseUrl)));
	type Statistics = { transcripton: { requests: Record<string, number> } };
	const { transcripton } = (await reply.json()) as Statistics;
	return transcripton.requests['GET /jobs/{id}'] ?? 0;
}

/** Opens the panel of a node that stands alone behind a trigger. */
async function openPanel(node: INode): Promise<void> {
	const row = rowOf(`Hint of ${node.name}`, byHand(), node);
	node.position = [300, 0];
	await editor.goToWorkflow(row);
	await canvas.fit();
	await canvas.node(node.name).dblclick();
	await editor.page.getByTestId('node-parameters').first().waitFor();
}

it('says beside the output of a step that starts a job what executing it does, and of no other', async () => {
	const hint = editor.page.getByTestId('output-panel').getByText(HINT);

	await openPanel(await job('Transcribe', 'transcribe', { inputType: 'url' }));
	await hint.waitFor();

	await openPanel(await job('List', 'getMany', {}));
	await editor.page.getByTestId('output-panel').waitFor();
	expect(await hint.count()).toBe(0);
});

it('leaves the ID of a paid job where the page of docs says, after Stop', async () => {
	const { page, client } = editor;
	const transcribe = await job('Transcribe', 'transcribe', {
		inputType: 'url',
		url: 'https://example.com/stuck-job.mp3',
		options: { pollIntervalSeconds: 0.2, requestsPerMinute: 0 },
	});
	const { id } = await client.createWorkflow({
		...rowOf('Stopped in the editor', byHand(), transcribe),
		settings: { saveManualExecutions: true },
	});
	const looksBefore = await looksAtJobs();
	const execution = await client.runWorkflow(id, 'By Hand');
	const isLookedAt = async () => (await looksAtJobs()) > looksBefore;
	await until('The node has asked for the state of its job', isLookedAt);
	await client.executions.stop(execution);
	const noted = await lookUntil(NOTED_WITHIN_SECONDS, async () => {
		type Noted = Execution & { customData?: Record<string, string> };
		const { customData } = (await client.executions.end(execution)) as Noted;
		return customData?.jobs_under_way || undefined;
	});

	expect(noted).toMatch(/^Transcripton \S+$/);

	await editor.goTo(`/workflow/${id}/executions/${execution}`);
	await page.getByTestId('execution-time').first().waitFor();
	// its data is behind a button that n8n shows with a licence only
	expect(await page.getByTestId('execution-preview-ellipsis-button').count()).toBe(0);
	expect(await page.locator('body').innerText()).not.toContain('jobs_under_way');
});
