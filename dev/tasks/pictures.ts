/** `npm run pictures`: takes the pictures of the docs in the real editor. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { Cleanup } from '../cleanup';
import { installWatcher } from '../folder-watcher/install';
import { dropSamples } from '../folder-watcher/samples';
import { startService } from '../folder-watcher/service';
import { N8nInstance } from '../n8n/instance';
import { packTarball } from '../pack';
import { projectFolder, workFolder } from '../paths';
import { showFullestExecution, showNode } from '../pictures/scenes';
import { openEditor } from '../pictures/editor';
import { runTask } from '../task';

const pictures = join(projectFolder, 'docs', 'pictures');

async function takePictures(cleanup: Cleanup): Promise<number> {
	await mkdir(pictures, { recursive: true });
	const root = join(workFolder, 'pictures');
	const folders = {
		root,
		input: join(root, 'input'),
		output: join(root, 'output'),
		done: join(root, 'done'),
		failed: join(root, 'failed'),
	};
	for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
	const service = await startService(0);
	cleanup.add(service.stop);
	const n8nFolder = join(root, 'n8n');
	const n8n = await N8nInstance.start({
		folder: n8nFolder,
		pack: await packTarball(),
		fileFolders: [root],
	});
	cleanup.add(async () => await n8n.stop());
	const editor = await openEditor(n8n);
	cleanup.add(editor.close);
	const watcher = await installWatcher(n8n, n8nFolder, service, folders);
	const { settings } = await n8n.client.workflow(watcher);
	// the watcher keeps no executions of its own, and there would be nothing to look at
	await n8n.client.updateWorkflow(watcher, {
		settings: { ...settings, saveDataSuccessExecution: 'all' },
	});
	await n8n.client.publishWorkflow(watcher);
	const samples = await dropSamples(folders.input);
	await untilMoved(samples);
	const file = join(pictures, 'folder-watcher.png');
	await showFullestExecution(editor.page, n8n, watcher, file);
	for (const name of actionNodes(await n8n.client.nodeTypes())) {
		await showNode(editor.page, n8n, name, join(pictures, `${name.toLowerCase()}.png`));
	}
	return 0;
}

async function untilMoved(files: string[]): Promise<void> {
	const deadline = Date.now() + 120_000;
	while (files.some((file) => existsSync(file))) {
		if (Date.now() > deadline) throw new Error('The samples were not transcribed in time');
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
}

function actionNodes(types: Array<{ name: string; group: string[] }>): string[] {
	const prefix = 'n8n-nodes-transcription.';
	return types
		.filter(({ name, group }) => name.startsWith(prefix) && !group.includes('trigger'))
		.map(({ name }): INode['type'] => name.slice(prefix.length))
		.filter((name) => !name.endsWith('Tool'));
}

runTask(takePictures, { SIGINT: 130, SIGTERM: 143 }).catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
