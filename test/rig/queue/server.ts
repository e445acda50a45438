import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../basics/until';

const startSeconds = 30;

const started = new Set<ChildProcess>();

/** Has a program end with this process, whatever ends it. */
function endWithUs(child: ChildProcess): void {
	if (started.size === 0) {
		process.once('exit', () => {
			for (const each of started) each.kill('SIGKILL');
		});
	}
	started.add(child);
}

/** A program of Debian's that serves on loopback, for as long as the tests need it. */
export class Server {
	private child: ChildProcess | undefined;

	/** @param isReady whether it answers by now */
	constructor(
		private readonly command: string,
		private readonly flags: string[],
		private readonly options: SpawnOptions,
		private readonly isReady: () => Promise<boolean>,
	) {}

	/**
	 * Starts it, also again after `kill`, and waits until it answers.
	 *
	 * @throws Error where it is not installed, ends, or does not answer within 30 seconds
	 */
	async start(): Promise<void> {
		const child = spawn(this.command, this.flags, { stdio: 'ignore', ...this.options });
		this.child = child;
		endWithUs(child);
		const ended = new Promise<never>((_resolve, reject) => {
			child.once('error', reject);
			child.once('exit', () => reject(new Error(`${this.command} ended.`)));
		});
		ended.catch(() => {});
		await Promise.race([ended, this.untilReady()]);
	}

	/** Its process; undefined while it does not run. */
	get pid(): number | undefined {
		return this.isRunning ? this.child?.pid : undefined;
	}

	/** Ends it as a power cut would; whoever wants it meets a closed port. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	/** Asks it to end, and waits for that. */
	async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
		await this.end(signal);
	}

	private async end(signal: NodeJS.Signals): Promise<void> {
		const { child } = this;
		if (!child || !this.isRunning) return;
		const gone = once(child, 'exit');
		child.kill(signal);
		await gone;
	}

	private get isRunning(): boolean {
		const { child } = this;
		return child !== undefined && child.exitCode === null && child.signalCode === null;
	}

	private async untilReady(): Promise<void> {
		const isReady = async () => await this.isReady().catch(() => false);
		await until(`${this.command} answers`, isReady, startSeconds);
	}
}
