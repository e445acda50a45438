import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runStep } from '../command';
import { isInstalled } from '../lockfile.cjs';
import { n8nFolder } from '../paths';
import { nodeForN8n } from './node';

const sqliteBinding = join(n8nFolder, 'node_modules/sqlite3/build/Release/node_sqlite3.node');

/**
 * Installs the pinned n8n, and the Node.js that runs it, where they are missing or where the lock
 * file has changed. Takes about three minutes and 3 GB the first time, nothing afterwards.
 *
 * @throws when npm fails
 */
export async function installN8n(): Promise<void> {
	if (!isInstalled(n8nFolder)) {
		await runStep(
			'Installing n8n and its Node.js (about three minutes, 3 GB)',
			'npm',
			// one of the native add-ons that n8n can do without does not build everywhere
			['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
			{ cwd: n8nFolder, timeoutMinutes: 30 },
		);
	}
	if (!existsSync(sqliteBinding)) await buildSqlite();
}

async function buildSqlite(): Promise<void> {
	const node = nodeForN8n();
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
		{ cwd: n8nFolder, env, timeoutMinutes: 15 },
	);
	if (!existsSync(sqliteBinding)) {
		throw new Error(
			'npm rebuild sqlite3 left no driver: a C++ compiler and Python may be missing.',
		);
	}
}
