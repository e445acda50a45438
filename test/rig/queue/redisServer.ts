import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../../dev/n8n/ports';
import { Server } from './server';

const run = promisify(execFile);

/** A real Redis on loopback with a folder of its own. */
export class RedisServer {
	private readonly server: Server;

	private constructor(
		/** Where it keeps its content, absolute. */
		readonly folder: string,
		readonly port: number,
		keeps: boolean,
	) {
		const flags = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
		const keeping = ['--save', '', '--appendonly', keeps ? 'yes' : 'no'];
		this.server = new Server('redis-server', [...flags, ...keeping], {}, () => answers(port));
	}

	/**
	 * Starts it on a free port.
	 *
	 * @param options whether it keeps its content over a restart; it forgets it unless told
	 * @throws Error when redis-server is not installed, or does not answer within 30 seconds
	 */
	static async start({ keeps = false } = {}): Promise<RedisServer> {
		const folder = await mkdtemp(join(tmpdir(), 'redis-'));
		const server = new RedisServer(folder, await freePort(), keeps);
		await server.resume();
		return server;
	}

	/** Starts Redis, again after `pause`: same port. */
	async resume(): Promise<void> {
		await this.server.start();
	}

	/** Ends Redis; whoever wants it meets a closed port. */
	async pause(): Promise<void> {
		await this.server.kill();
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
