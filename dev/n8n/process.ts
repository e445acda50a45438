import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WITHOUT_TRACES } from '../sparing';
import { environmentOf, type EnvironmentOptions } from './environment';

const startTimeoutMs = 120_000;
const stopTimeoutSeconds = 15;
const pollIntervalMs = 100;

export interface ProcessOptions extends EnvironmentOptions {
	/** Where the output of n8n goes, absolute; appended to. */
	logFile: string;
	/** What it does of n8n's work in queue mode; all of it, `start`, when left out. */
	role?: Role;
	/** Further environment variables; they win over the rig's own. */
	environment?: Record<string, string>;
}

/** n8n's commands for its processes: main (`start`), and in queue mode what runs beside it. */
export type Role = 'start' | 'worker' | 'webhook';

/** Files of this folder that n8n loads before its own. */
function loadedBefore({ editor }: ProcessOptions): string[] {
	return [
		'guard.cjs',
		'keptPlaces.cjs',
		...(editor === false ? ['withoutEditor.cjs'] : []),
		...(process.env[WITHOUT_TRACES] === 'true' ? ['withoutTraces.cjs'] : []),
	];
}

/** Thrown when n8n could not listen on its port. */
export class PortInUseError extends Error {}

/** One run of n8n: a process, from its start to its end. It ends with the process that started it. */
export class N8nProcess {
	private readonly exited: Promise<void>;

	private hasExited: boolean;

	/** @param child n8n, which this object ends */
	constructor(
		readonly child: ChildProcess,
		readonly options: ProcessOptions,
	) {
		this.hasExited = child.exitCode !== null || child.signalCode !== null;
		this.exited = new Promise((resolve) => {
			if (this.hasExited) return resolve();
			child.once('exit', () => {
				this.hasExited = true;
				resolve();
			});
		});
	}

	/**
	 * Starts n8n and waits until it serves requests.
	 *
	 * @throws PortInUseError when a port was taken
	 * @throws Error with the end of n8n's log when it ended or was not ready within two minutes
	 */
	static async start(options: ProcessOptions): Promise<N8nProcess> {
		const log = openSync(options.logFile, 'a');
		const child = spawn(
			options.n8n.node.executable,
			[
				...loadedBefore(options).flatMap((file) => ['--require', join(__dirname, file)]),
				join(options.n8n.folder, 'node_modules', 'n8n', 'bin', 'n8n'),
				options.role ?? 'start',
			],
			{
				cwd: options.userFolder,
				env: { ...environmentOf(options), ...options.environment },
				stdio: ['pipe', log, log],
				// a group of its own: Ctrl-C does not reach it, and the whole group can be ended
				detached: process.platform !== 'win32',
			},
		);
		closeSync(log);
		child.on('error', () => {});
		child.stdin?.on('error', () => {});
		const started = new N8nProcess(child, options);
		try {
			await started.waitUntilReady();
		} catch (error) {
			await started.kill();
			throw error;
		}
		return started;
	}

	/** Process id of n8n; undefined when it could not be started. */
	get pid(): number | undefined {
		return this.child.pid;
	}

	/** Whether n8n still runs. */
	get isRunning(): boolean {
		return !this.hasExited;
	}

	/** Asks n8n to end, and ends it after so many seconds, 15 unless told, if it has not. */
	async stop(mostSeconds = stopTimeoutSeconds): Promise<void> {
		this.child.kill('SIGTERM');
		await Promise.race([this.exited, sleep(mostSeconds * 1000, undefined, { ref: false })]);
		await this.kill();
	}

	/** Ends n8n and its task runners at once, as a crash would. */
	async kill(): Promise<void> {
		const { pid } = this.child;
		if (pid === undefined) return;
		try {
			// the group outlives n8n while a task runner is left in it
			if (process.platform === 'win32') this.child.kill('SIGKILL');
			else process.kill(-pid, 'SIGKILL');
		} catch {
			// the group is already gone
		}
		await this.exited;
	}

	private async waitUntilReady(): Promise<void> {
		const deadline = Date.now() + startTimeoutMs;
		while (Date.now() < deadline) {
			if (this.hasExited || this.child.pid === undefined) throw await this.startError('ended');
			if (await isReady(this.options)) return;
			await sleep(pollIntervalMs);
		}
		throw await this.startError(`was not ready after ${startTimeoutMs / 1000} s`);
	}

	private async startError(whatHappened: string): Promise<Error> {
		const log = await readFile(this.options.logFile, 'utf8').catch(() => '');
		const end = log.split('\n').slice(-20).join('\n');
		const busyPort = /port (\d+) is already in use/.exec(end)?.[1];
		if (busyPort !== undefined) return new PortInUseError(`Port ${busyPort} is already in use.`);
		return new Error(`n8n ${whatHappened}. The end of ${this.options.logFile}:\n${end}`);
	}
}

/** Whether the database is up to date, and what the editor asks first is answered: in n8n 1 that comes later. */
async function isReady({ port, role = 'start' }: ProcessOptions): Promise<boolean> {
	const origin = `http://127.0.0.1:${port}`;
	return (
		(await answers(`${origin}/healthz/readiness`)) &&
		(role !== 'start' || (await answers(`${origin}/rest/settings`)))
	);
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
	} catch {
		return false;
	}
}
