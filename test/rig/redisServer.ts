import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../dev/n8n/ports';

const run = promisify(execFile);
const startSeconds = 20;
const lookAgainMs = 50;

/** A real Redis on loopback with a folder of its own; it keeps nothing over a restart. */
export class RedisServer {
	private process: ChildProcess | undefined;

	private constructor(
		private readonly folder: string,
		readonly port: number,
	) {}

	/** @throws Error when redis-server is not installed, or does not answer within 20 seconds */
	static async start(): Promise<RedisServer> {
		const folder = await mkdtemp(join(tmpdir(), 'redis-'));
		const server = new RedisServer(folder, await freePort());
		await server.resume();
		return server;
	}

	/** Starts Redis, again after `pause`: same port. */
	async resume(): Promise<void> {
		const flags = ['--bind', '127.0.0.1', '--port', String(this.port), '--dir', this.folder];
		const child = spawn('redis-server', [...flags, '--save', '', '--appendonly', 'no'], {
			stdio: 'ignore',
		});
		const failed = new Promise<never>((_resolve, reject) => child.once('error', reject));
		this.process = child;
		process.once('exit', () => child.kill('SIGKILL'));
		await Promise.race([failed, this.untilItAnswers()]);
	}

	/** Ends Redis; whoever wants it meets a closed port. */
	async pause(): Promise<void> {
		const child = this.process;
		if (!child || child.exitCode !== null) return;
		const gone = once(child, 'exit');
		child.kill('SIGKILL');
		await gone;
	}

	/** Asks for a password from now on, until `pause`. */
	async requirePassword(password: string): Promise<void> {
		await this.command('CONFIG', 'SET', 'requirepass', password);
	}

	/** Every key that is kept now, with the seconds that it still lives; -1 where that has no end. */
	async keys(): Promise<Record<string, number>> {
		const keys = (await this.command('KEYS', '*')).split('\n').filter(Boolean);
		const seconds = keys.map(async (key) => [key, Number(await this.command('TTL', key))] as const);
		return Object.fromEntries(await Promise.all(seconds));
	}

	async stop(): Promise<void> {
		await this.pause();
		await rm(this.folder, { recursive: true, force: true });
	}

	private async command(...words: string[]): Promise<string> {
		const { stdout } = await run('redis-cli', ['-p', String(this.port), ...words]);
		return stdout;
	}

	private async untilItAnswers(): Promise<void> {
		const deadline = Date.now() + startSeconds * 1000;
		while (!(await answers(this.port))) {
			if (Date.now() > deadline) throw new Error('Redis did not start.');
			await sleep(lookAgainMs);
		}
	}
}

async function answers(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		socket.write('PING\r\n');
		const [reply] = (await once(socket, 'data')) as [Buffer];
		return reply.toString().startsWith('+PONG');
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}
