// Runs a development task: node dev/run.mjs <task> [arguments].
// Plain Node.js without dependencies, so that it works in a fresh clone.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import bun from './bun.cjs';
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
	const isInstalled = bun.isNotedIn(project) || lockfile.isInstalled(project);
	if (!isInstalled && !installDependencies()) {
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
	const isFresh = !existsSync(join(project, 'node_modules'));
	if (isFresh && installWithBun()) return true;
	// what is there and only behind the lock file is brought up to it, not fetched all over again
	const command = isFresh ? 'ci' : 'install';
	return runs('npm', [command, '--no-save'], 'a minute or two');
}

/** Bun does in seconds what takes npm minutes; npm brings it. Nothing is left where it cannot. */
function installWithBun() {
	const { devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
	const folder = join(project, '.n8n-dev', 'bun');
	// its own script would move the program elsewhere
	const fetch = ['install', '--no-save', '--ignore-scripts', '--prefix', folder];
	if (!runs('npm', [...fetch, `bun@${devDependencies.bun}`], 'seconds')) return false;
	const executable = bun.bunIn(folder);
	const isDone = executable && runs(executable, bun.installArguments(project), 'seconds');
	if (isDone) bun.noteIn(project);
	else rmSync(join(project, 'node_modules'), { recursive: true, force: true });
	return isDone;
}

/** Runs one command of an installation. */
function runs(command, given, time) {
	const isNpm = command === 'npm';
	const quiet = isNpm ? ['--no-audit', '--no-fund', '--loglevel=error'] : [];
	console.log(`Installing: ${basename(command)} ${given.join(' ')} (${time}) ...`);
	const started = Date.now();
	const { status } = spawnSync(command, [...given, ...quiet], {
		cwd: project,
		stdio: ['ignore', 'inherit', 'inherit'],
		// npm is a .cmd file on Windows, which only a shell can start
		shell: isNpm && process.platform === 'win32',
	});
	console.log(`That took ${Math.round((Date.now() - started) / 1000)} s.`);
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
