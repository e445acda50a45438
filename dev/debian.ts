import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { type Print, runStep, toTerminal } from './command';
import { projectFolder } from './paths';

interface Program {
	/** Its name on the path, or the absolute path of a file of it. */
	command: string;
	package: string;
	why: string;
	/** Whether the unit tests need it. */
	unit?: true;
}

/** Programs and files that the tests need, with the Debian package of each. */
const programs: Program[] = [
	{ command: 'redis-server', package: 'redis-server', why: 'a limit that workflows share' },
	{
		command: 'pg_ctlcluster',
		package: 'postgresql',
		why: "the database of n8n's queue mode",
	},
	{ command: 'caddy', package: 'caddy', why: "the proxy before n8n's queue mode" },
	{
		command: 'openssl',
		package: 'openssl',
		why: 'a second opinion on webhook signatures',
		unit: true,
	},
	{
		command: '/usr/share/unicode/auxiliary/LineBreakTest.txt',
		package: 'unicode-data',
		why: 'where Unicode lets a line of captions end',
		unit: true,
	},
	{ command: 'tar', package: 'tar', why: 'unpacking the packed pack' },
	{ command: 'g++', package: 'g++', why: "building n8n's database driver" },
	{ command: 'make', package: 'make', why: "building n8n's database driver" },
	{ command: 'python3', package: 'python3', why: "building n8n's database driver" },
	{
		command: 'chromium-headless-shell',
		package: 'chromium-headless-shell',
		why: "tests in n8n's editor",
	},
	{
		command: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
		package: 'fonts-dejavu-core',
		why: "text in the pictures of n8n's editor",
	},
];

/**
 * Installs the Debian packages that are missing when it may (as root, with apt); elsewhere it only
 * says which programs are missing.
 *
 * @param tests what is to be run: every test, or the unit tests alone
 * @param print see CommandOptions
 * @throws when apt fails
 */
export async function installDebianPackages(
	tests: 'all' | 'unit' = 'all',
	print?: Print,
): Promise<void> {
	const needed = programs.filter(({ unit }) => tests === 'all' || unit);
	const missing = needed.filter(({ command }) => !isOnPath(command));
	if (missing.length === 0) return;
	const isRoot = process.getuid?.() === 0;
	if (!isRoot || !isOnPath('apt-get')) {
		const say = print ?? toTerminal;
		for (const { command, why } of missing) say(`${command} is missing (for ${why}).\n`);
		return;
	}
	const names = missing.map((program) => program.package);
	const options = {
		cwd: projectFolder,
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		timeoutMinutes: 10,
		print,
	};
	await runStep('Fetching the list of Debian packages', 'apt-get', ['update', '-q'], options);
	await runStep(
		`Installing ${names.join(', ')}`,
		'apt-get',
		['install', '-q', '-y', '--no-install-recommends', ...names],
		options,
	);
}

function isOnPath(command: string): boolean {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return isAbsolute(command)
		? existsSync(command)
		: folders.some((folder) => existsSync(join(folder, command)));
}
