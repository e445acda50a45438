// Runs a development task: node dev/run.mjs <task> [arguments].
// Plain Node.js without dependencies, so that it works in a fresh clone.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import lockfile from './lockfile.cjs';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const tasksFolder = join(project, 'dev', 'tasks');
const minimumNode = 20;

function main() {
	const [task, ...taskArguments] = process.argv.slice(2);
	const file = join(tasksFolder, `${(task ?? '').replaceAll(':', '-')}.ts`);
	if (!task || !existsSync(file)) return fail(`Usage: node dev/run.mjs <${tasks().join('|')}>`);
	const major = Number(process.versions.node.split('.')[0]);
	if (major < minimumNode) {
		return fail(`Node.js ${minimumNode} or newer is needed, this is ${process.version}.`);
	}
	if (!lockfile.isInstalled(project) && !installDependencies()) {
		return fail('The dependencies could not be installed: see the messages of npm above.');
	}
	runTask(file, taskArguments);
}

function tasks() {
	return readdirSync(tasksFolder)
		.filter((name) => name.endsWith('.ts'))
		.map((name) => name.slice(0, -'.ts'.length).replaceAll('-', ':'));
}

function installDependencies() {
	// what is there and only behind the lock file is brought up to it, not fetched all over again
	const isFresh = !existsSync(join(project, 'node_modules'));
	const command = isFresh ? ['ci'] : ['install', '--no-save'];
	console.log(
		`Installing the dependencies of the pack (npm ${command.join(' ')}, a minute or two) ...`,
	);
	const started = Date.now();
	const { status } = spawnSync('npm', [...command, '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: project,
		stdio: ['ignore', 'inherit', 'inherit'],
		// npm is a .cmd file on Windows, which only a shell can start
		shell: process.platform === 'win32',
	});
	console.log(`npm took ${Math.round((Date.now() - started) / 1000)} s.`);
	return status === 0;
}

function runTask(file, taskArguments) {
	const child = spawn(process.execPath, ['--import', 'tsx', file, ...taskArguments], {
		cwd: project,
		stdio: 'inherit',
	});
	// the task tidies up, this process waits for it; a second Ctrl-C does not harm it
	process.on('SIGINT', () => child.kill('SIGINT'));
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	child.on('exit', (code, signal) => {
		process.exitCode = code ?? (signal ? 1 : 0);
	});
}

function fail(message) {
	console.error(message);
	process.exitCode = 1;
}

main();
