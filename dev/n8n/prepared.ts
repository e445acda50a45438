import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { workFolder } from '../paths';
import { installN8n } from './install';
import type { N8nInstallation } from './installation';
import { N8nInstance } from './instance';

/** What n8n keeps of its first start: the login, the key, and a database that has its tables. */
const kept = ['secrets.json', '.n8n'];

/** What n8n writes down about one run, which the next does not read. */
const ofOneRun = /n8nEventLog|crash\.journal/;

/**
 * A user folder in which n8n has run once, so that a copy of it starts in half the time: its
 * database is up to date, its owner is there, no pack is installed. Made when it is missing.
 *
 * @param n8n the n8n to run; the pinned one, or the one under test, when left out
 * @returns the folder, absolute; copy it, never start in it
 * @throws Error when n8n does not start
 */
export async function preparedFolder(n8n?: N8nInstallation): Promise<string> {
	const installation = n8n ?? (await installN8n());
	const parent = join(workFolder, 'prepared');
	const folder = join(parent, await versionOf(installation));
	if (existsSync(folder)) return folder;
	await mkdir(parent, { recursive: true });
	// made apart and renamed, so that nobody ever copies half a folder
	const staging = await mkdtemp(join(parent, 'staging-'));
	try {
		const instance = await N8nInstance.start({ folder: staging, n8n: installation });
		await instance.stop();
		await rename(staging, folder);
	} catch (error) {
		// somebody else was faster
		if (!existsSync(folder)) throw error;
	} finally {
		await rm(staging, { recursive: true, force: true });
	}
	return folder;
}

/**
 * Fills a new user folder with what n8n keeps of its first start; leaves one alone that n8n has
 * been in.
 *
 * @param folder absolute; made when missing
 * @param n8n see preparedFolder
 */
export async function fillPrepared(folder: string, n8n?: N8nInstallation): Promise<void> {
	if (existsSync(join(folder, '.n8n', 'database.sqlite'))) return;
	const prepared = await preparedFolder(n8n);
	await mkdir(folder, { recursive: true });
	for (const name of kept) {
		await cp(join(prepared, name), join(folder, name), {
			recursive: true,
			filter: (source) => !ofOneRun.test(source),
		});
	}
}

async function versionOf({ folder }: N8nInstallation): Promise<string> {
	const manifest = join(folder, 'node_modules', 'n8n', 'package.json');
	return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version;
}
