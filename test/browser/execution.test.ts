import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { dropSamples } from '../../dev/folder-watcher/samples';
import { configure, webhookUrlOf } from '../../dev/folder-watcher/workflow';
import { lookUntil } from '../../dev/lookUntil';
import type { Execution } from '../../dev/n8n/types';
import { readTemplate } from '../../dev/templates/template';
import { Canvas } from './canvas';
import type { Editor } from './editor';
import { keepPictureOfCanvas } from './pictures';
import { useEditor } from './useEditor';

const LONGEST_RUN_SECONDS = 240;

let editor: Editor;
let canvas: Canvas;
let workflowId: string;
let samples: string[];

/** The folder watcher as its notes ask for it, with recordings in its folder. */
useEditor(async (opened) => {
	editor = opened;
	canvas = new Canvas(editor.page);
	const folderOf = (name: string) => join(editor.stage.files, 'watched', name);
	const template = await readTemplate('folder-watcher');
	const [credential] = await editor.client.credentials.ofType('scriptivoxApi');
	const workflow = configure(template, credential!, {
		inputFolder: folderOf('input'),
		outputFolder: folderOf('output'),
		doneFolder: folderOf('done'),
		failedFolder: folderOf('failed'),
		settleSeconds: 0,
		webhookUrl: webhookUrlOf(template, editor.stage.url),
	});
	// it keeps no executions of its own, and there would be nothing to look at
	workflow.settings = { ...workflow.settings, saveDataSuccessExecution: 'all' };
	await mkdir(folderOf('input'), { recursive: true });
	samples = await dropSamples(folderOf('input'));
	workflowId = (await editor.client.createWorkflow(workflow)).id;
});

it('runs by the Execute button, and shows in the panel what came out', async () => {
	const { page } = editor;
	await editor.goTo(`/workflow/${workflowId}`);
	await canvas.nodes().first().waitFor();
	await canvas.fit();

	await canvas.node('Every 10 Seconds').hover();
	await page.getByTestId('execute-workflow-button-Every 10 Seconds').click();
	await page.getByText('Workflow executed successfully').first().waitFor();
	await canvas.node('Record Files').dblclick();
	const output = page.getByTestId('output-panel');
	await output.getByText(`${samples.length} items`).first().waitFor();
	await output.getByTestId('radio-button-table').click();

	for (const sample of samples) await output.getByText(basename(sample)).first().waitFor();
});

it('shows on the canvas how a recording was transcribed', async () => {
	const { page, client } = editor;
	await client.publishWorkflow(workflowId);
	const areGone = () => !samples.some((sample) => existsSync(sample));
	await lookUntil(LONGEST_RUN_SECONDS, () => areGone() || undefined);
	await client.unpublishWorkflow(workflowId);

	await editor.goTo(`/workflow/${workflowId}/executions/${await fullestExecution()}`);
	await canvas.nodes().first().waitFor();
	await canvas.rest();
	await keepPictureOfCanvas(page, canvas, 'folder-watcher');

	expect(samples.filter((sample) => existsSync(sample))).toEqual([]);
	expect(await page.getByTestId('canvas-node-status-success').count()).toBeGreaterThan(5);
});

/** The execution in which the most nodes ran. */
async function fullestExecution(): Promise<string> {
	const summaries = await editor.client.executions.newest(workflowId);
	const ended = summaries.filter(({ status }) => status === 'success');
	const executions = await Promise.all(ended.map(({ id }) => editor.client.executions.get(id)));
	const nodesRun = (execution: Execution) => Object.keys(execution.data.resultData.runData).length;
	const [fullest] = executions.sort((a, b) => nodesRun(b) - nodesRun(a));
	if (!fullest) throw new Error('No execution was kept.');
	return fullest.id;
}
