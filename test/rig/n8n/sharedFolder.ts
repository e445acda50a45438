import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const variable = 'N8N_SHARED_FOLDER';

/** Makes the folder of every n8n that suites share; the workers of jest know it by an environment variable. */
export async function makeSharedFolder(): Promise<void> {
	process.env[variable] = await mkdtemp(join(tmpdir(), 'shared-n8n-'));
}

/** Where an n8n goes that suites share, absolute; outside of jest, where nobody shares it, that of temporary files. */
export function sharedFolder(): string {
	return process.env[variable] ?? tmpdir();
}

/** Ends every n8n that suites shared, and removes what is left of it. */
export async function removeSharedFolder(): Promise<void> {
	const folder = process.env[variable];
	if (folder === undefined) return;
	for (const name of await readdir(folder)) endProcess(join(folder, name, pidFile));
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** In the folder of a shared n8n: its process ID. */
export const pidFile = 'n8n.pid';

/** Ends n8n and its task runners, unless they have ended with the worker of jest. */
function endProcess(file: string): void {
	if (!existsSync(file)) return;
	try {
		process.kill(-Number(readFileSync(file, 'utf8')), 'SIGKILL');
	} catch {
		// it has ended
	}
}
