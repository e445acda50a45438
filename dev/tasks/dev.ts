/**
 * `npm run dev`: the folder watcher on a real n8n, which is built, packed, installed and started
 * anew whenever the sources of the pack change.
 */
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../cleanup';
import { readStartOptions, type StartOptions } from '../folder-watcher/options';
import { printWayIn, startWatcher, type Watcher } from '../folder-watcher/run';
import { packTarball } from '../pack';
import { projectFolder } from '../paths';
import { runTask } from '../task';
import { runProgram } from '../program';

const watched = ['nodes', 'credentials', 'icons', 'package.json', 'tsconfig.json', 'gulpfile.js'];

/** Editors save several files at once; a build waits until nothing has changed for this long. */
const settleMs = 300;

/** When a source last changed; null when it has been built since. */
let changedAt: number | null = null;

function watchSources(cleanup: Cleanup): void {
	for (const name of watched) {
		const path = join(projectFolder, name);
		if (!existsSync(path)) continue;
		const watching = watch(path, { recursive: true }, () => {
			changedAt = Date.now();
		});
		cleanup.add(async () => watching.close());
	}
}

async function reload({ n8n }: Watcher, installed: string): Promise<string> {
	try {
		const pack = await packTarball();
		if (pack === installed) return installed;
		await n8n.replacePack(pack);
		await n8n.restart();
		console.log(`n8n runs the new build: reload the editor at ${n8n.url}`);
		return pack;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		console.error('n8n keeps what it has until the next change.');
		return installed;
	}
}

async function dev(options: StartOptions, cleanup: Cleanup): Promise<number> {
	const watcher = await startWatcher(options, cleanup);
	let installed = await packTarball();
	watchSources(cleanup);
	printWayIn(watcher);
	for (;;) {
		await sleep(settleMs);
		if (changedAt === null || Date.now() - changedAt < settleMs) continue;
		changedAt = null;
		installed = await reload(watcher, installed);
	}
}

async function main(): Promise<void> {
	const options = readStartOptions();
	await runTask(async (cleanup) => await dev(options, cleanup), { SIGINT: 0, SIGTERM: 0 });
}

runProgram(main);
