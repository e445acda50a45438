import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowJson } from '../n8n/types';
import { projectFolder } from '../paths';
import { pollingOnly } from '../templates/pollingOnly';

/** Makes the polling-only folder watcher anew: node dev/run.mjs templates, after each change of the other. */
async function main(): Promise<void> {
	const folder = join(projectFolder, 'templates');
	const workflow = JSON.parse(
		await readFile(join(folder, 'folder-watcher.json'), 'utf8'),
	) as WorkflowJson;
	const text = `${JSON.stringify(pollingOnly(workflow), null, '\t')}\n`;
	await writeFile(join(folder, 'folder-watcher-polling.json'), text);
}

void main();
