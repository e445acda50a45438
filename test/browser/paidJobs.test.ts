import { setTimeout as sleep } from 'node:timers/promises';
import type { INode, INodeParameters } from 'n8n-workflow';
import type { Execution } from '../../dev/n8n/types';
import { byHand, nodeOf, rowOf } from '../rig/workflows';
import { Editor } from './editor';

let editor: Editor;

beforeAll(async () => {
	editor = await Editor.open();
});

afterEach(() => {
	expect(editor.takeTroubles()).toEqual([]);
});

afterAll(async () => {
	await editor?.close();
});

/** A node of Transcripton, with the credential that n8n has stored. */
async function job(name: string, operation: string, more: INodeParameters): Promise<INode> {
	const [credential] = await editor.client.credentials('transcriptonApi');
	return nodeOf(
		name,
		'n8n-nodes-transcription.transcripton',
		{ resource: 'job', operation, ...more },
		{ transcriptonApi: { id: credential!.id, name: credential!.name } },
	);
}

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
	const execution = await client.runWorkflow(id, 'By Hand');
	await sleep(2000);
	await client.stopExecution(execution);
	type Noted = Execution & { customData?: Record<string, string> };
	let noted = (await client.executionEnd(execution)) as Noted;
	for (let looks = 0; looks < 50 && !noted.customData?.jobs_under_way; looks++) {
		await sleep(100);
		noted = (await client.executionEnd(execution)) as Noted;
	}

	expect(noted.customData?.jobs_under_way).toMatch(/^Transcripton \S+$/);

	await editor.goTo(`/workflow/${id}/executions/${execution}`);
	await page.getByTestId('execution-time').first().waitFor();
	// its data is behind a button that n8n shows with a licence only
	expect(await page.getByTestId('execution-preview-ellipsis-button').count()).toBe(0);
	expect(await page.locator('body').innerText()).not.toContain('jobs_under_way');
});
