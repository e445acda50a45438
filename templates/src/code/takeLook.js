// @ts-check
import { mkdir } from 'fs/promises';
import { folderOf } from './folderOf.js';
import { hiddenFolderOf } from './hiddenFolderOf.js';
import { selectorOf } from './selectorOf.js';
import { statsOf } from './statsOf.js';
import { takeLock } from './takeLock.js';

/**
 * Makes the folders, and begins a look where no other is at work; else the run ends here.
 *
 * @param {CodeNode} n8n
 */
export async function takeLook({ $, $execution }) {
	const settings = $('Settings').first().json;
	const { inputFolder, outputFolder, doneFolder, failedFolder } = settings;
	const hiddenFolder = hiddenFolderOf(settings);
	for (const folder of [inputFolder, outputFolder, doneFolder, failedFolder, hiddenFolder]) {
		await mkdir(folder, { recursive: true });
	}
	const now = Date.now();
	const isByClock = !$('Take the Files').isExecuted;
	const busyMs = Number((await statsOf(`${hiddenFolder}/busy`))?.mtimeMs ?? 0) - now;
	// a clock that was set back must not stop it
	if (isByClock && busyMs > 0 && busyMs < 10_000) return [];
	const look = `${$execution.id}.${now.toString(36)}`;
	const lock = await takeLock(hiddenFolder, look);
	if (!lock) return [];
	return [
		{ json: { look, lock, selector: selectorOf(lock), folder: folderOf(inputFolder), begun: now } },
	];
}
