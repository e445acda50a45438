import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Print, runStep } from '../command';
import { isInstalled } from '../lockfile.cjs';
import { n8nFolder } from '../paths';
import { folderOfN8n, installationIn, type N8nInstallation } from './installation';

const sqliteBinding = 'node_modules/sqlite3/build/Release/node_sqlite3.node';

/**
 * Installs the pinned n8n, and the Node.js that runs it, where they are missing or where the lock
 * file has changed. Takes about three minutes and 3 GB the first time, nothing afterwards.
 *
 * @param print see CommandOptions
 * @returns the n8n to run: the pinned one unless the environment names another
 * @throws when npm fails
 */
export async function installN8n(print?: Print): Promise<N8nInstallation> {
	const folder = folderOfN8n();
	// whoever names another has installed it
	if (folder === n8nFolder) await installPinned(print);
	return installationIn(folder);
}

async function installPinned(print?: Print): Promise<void> {
	if (!isInstalled(n8nFolder)) {
		await runStep(
			'Installing n8n and its Node.js (about three minutes, 3 GB)',
			'npm',
			// one of the native add-ons that n8n can do without does not build everywhere
			['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
			{ cwd: n8nFolder, timeoutMinutes: 30, print },
		);
	}
	await prepareSqlite(installationIn(n8nFolder), print);
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
	};
	// the headers that came with the binary spare a download
	if (node.headers !== null) env.npm_config_nodedir = node.headers;
	await runStep(
		'Preparing the database driver of n8n (up to two minutes)',
		'npm',
		['rebuild', 'sqlite3', '--ignore-scripts=false', '--no-audit', '--no-fund'],
		{ cwd: folder, env, timeoutMinutes: 15, print },
	);
	if (existsSync(join(folder, sqliteBinding))) return;
	throw new Error('npm rebuild sqlite3 left no driver: a C++ compiler and Python may be missing.');
}
