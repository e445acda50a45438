import { execFile } from 'node:child_process';
import { chown, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../../dev/n8n/ports';
import { Server } from './server';

const run = promisify(execFile);
const debianFolder = '/usr/lib/postgresql';
const user = 'n8n';
const password = 'of-the-tests';
const MOST_OF_A_DUMP = 256 * 1024 ** 2;

/** Who runs it: PostgreSQL refuses to run as root, so that Debian's own user does it then. */
interface Runner {
	uid?: number;
	gid?: number;
}

/** A real PostgreSQL on loopback with a folder of its own, as n8n's database. */
export class PostgresServer {
	private constructor(
		private readonly folder: string,
		readonly port: number,
		private readonly server: Server,
	) {}

	/** @throws Error when it is not installed, or does not answer */
	static async start(): Promise<PostgresServer> {
		const programs = await programsFolder();
		const runner = await runnerOf();
		const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
		const passwordFile = join(folder, 'password');
		await writeFile(passwordFile, password);
		if (runner.uid !== undefined) {
			await chown(folder, runner.uid, runner.gid!);
			await chown(passwordFile, runner.uid, runner.gid!);
		}
		const data = join(folder, 'data');
		const flags = ['--pgdata', data, '--username', user, '--pwfile', passwordFile];
		await run(
			join(programs, 'initdb'),
			[...flags, '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-sync'],
			{ ...runner, cwd: folder },
		);
		const port = await freePort();
		const server = new Server(
			join(programs, 'postgres'),
			// what a test does not need to survive a power cut of the machine
			['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off'],
			{ ...runner, cwd: folder },
			async () => {
				await run(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]);
				return true;
			},
		);
		await server.start();
		return new PostgresServer(folder, port, server);
	}

	/** What n8n needs to know of it; n8n's documentation, "Database environment variables". */
	get environment(): Record<string, string> {
		return {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: user,
			DB_POSTGRESDB_PASSWORD: password,
		};
	}

	/** Ends all its processes as a power cut would. */
	async kill(): Promise<void> {
		const { pid } = this.server;
		if (pid === undefined) return;
		const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
		const gone = this.server.kill();
		for (const child of list.split(' ').filter(Boolean)) end(Number(child));
		await gone;
	}

	/** Starts it again: same port, same data. */
	async resume(): Promise<void> {
		await this.server.start();
	}

	/** Everything that is stored in it, as text. */
	async dump(): Promise<string> {
		const flags = ['-h', '127.0.0.1', '-p', String(this.port), '-U', user, 'postgres'];
		const env = { ...process.env, PGPASSWORD: password };
		const { stdout } = await run('pg_dump', flags, { env, maxBuffer: MOST_OF_A_DUMP });
		return stdout;
	}

	async stop(): Promise<void> {
		// its main process ends all others at once with this signal
		await this.server.stop('SIGQUIT');
		await rm(this.folder, { recursive: true, force: true });
	}
}

/** Where Debian keeps the programs of the newest PostgreSQL that is installed. */
async function programsFolder(): Promise<string> {
	const versions = (await readdir(debianFolder)).sort((a, b) => Number(b) - Number(a));
	return join(debianFolder, versions[0]!, 'bin');
}

async function runnerOf(): Promise<Runner> {
	if (process.getuid?.() !== 0) return {};
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
	);
	return { uid, gid };
}

function end(pid: number): void {
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// it has ended by itself meanwhile
	}
}
