import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Print, runStep } from '../command';
import { n8nFolder } from '../paths';
import { folderOfN8n, installationIn, type N8nInstallation } from './installation';
import { installPackages } from './packages';

const sqliteBinding = 'node_modules/sqlite3/build/Release/node_sqlite3.node';

/**
 * Installs the pinned n8n, and the Node.js that runs it, where they are missing or where the lock
 * file has changed. Takes about two minutes and 3 GB the first time, nothing afterwards.
 *
 * @param print see CommandOptions
 * @returns the n8n to run: the pinned one unless the environment names another
 * @throws when it cannot be installed
 */
export async function installN8n(print?: Print): Promise<N8nInstallation> {
	const folder = folderOfN8n();
	// whoever names another has installed it
	if (folder === n8nFolder) {
		await installPackagesOfN8n(print);
		await prepareSqlite(installationIn(n8nFolder), print);
	}
	return installationIn(folder);
}

/**
 * Installs the packages of the pinned n8n and the Node.js that runs it, where they are missing or where the lock file
 * has changed; n8n does not start before its database driver is there too (`installN8n`).
 *
 * @param print see CommandOptions
 * @throws when they cannot be installed
 */
export async function installPackagesOfN8n(print?: Print): Promise<void> {
	await installPackages(
		'Installing n8n and its Node.js (less than a minute, 3 GB)',
		n8nFolder,
		print,
	);
}

/**
 * Builds the database driver of an installed n8n where npm left none, as it does with
 * `--ignore-scripts`.
 *
 * @param print see CommandOptions
 * @throws when npm fails, or leaves no driver
 */
export async function prepareSqlite(
	{ folder, node }: N8nInstallation,
	print?: Print,
): Promise<void> {
	if (existsSync(join(folder, sqliteBinding))) return;
	const env: NodeJS.ProcessEnv = {
		...process.env,
		PATH: `${node.folder}${delimiter}${process.env.PATH ?? ''}`,
		// where it has to be compiled, that takes half the time, and n8n is as fast
		CFLAGS: '-O1',
		CXXFLAGS: '-O1',
	};
	// the headers that came with the binary spare a download
	if (node.headers !== null) env.npm_config_nodedir = node.headers;
	await runStep(
		'Preparing the database driver of n8n (about a minute)',
		'npm',
		['rebuild', 'sqlite3', '--ignore-scripts=false', '--no-audit', '--no-fund'],
		{ cwd: folder, env, timeoutMinutes: 15, print },
	);
	if (existsSync(join(folder, sqliteBinding))) return;
	throw new Error('npm rebuild sqlite3 left no driver: a C++ compiler and Python may be missing.');
}
