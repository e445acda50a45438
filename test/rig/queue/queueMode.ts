import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { installCommunityPackage } from '../../../dev/n8n/community-package';
import { UNWANTED_MODULES } from '../../../dev/n8n/environment';
import { installN8n } from '../../../dev/n8n/install';
import { N8nInstance } from '../../../dev/n8n/instance';
import { freePort } from '../../../dev/n8n/ports';
import { N8nProcess, type Role } from '../../../dev/n8n/process';
import { packTarball } from '../../../dev/pack';
import { projectFolder } from '../../../dev/paths';
import { PostgresServer } from './postgresServer';
import { RedisServer } from './redisServer';
import { RoutingProxy } from './routingProxy';

export interface QueueModeOptions {
	/** How many processes take executions; 2 when left out. */
	workers?: number;
	/** How many processes take webhooks; 2 when left out. */
	webhooks?: number;
	/** Further environment variables of every process. */
	environment?: Record<string, string>;
}

/** A process beside main, which a test can end and start again. */
export class Companion {
	private process: N8nProcess | undefined;

	constructor(
		readonly role: Exclude<Role, 'start'>,
		readonly port: number,
		private readonly launch: () => Promise<N8nProcess>,
	) {}

	/** Where it answers requests. */
	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	async start(): Promise<void> {
		this.process = await this.launch();
	}

	/** Ends it at once, as a crash would. */
	async kill(): Promise<void> {
		await this.process?.kill();
	}

	/** Process id; undefined of one that was never started. */
	get pid(): number | undefined {
		return this.process?.pid;
	}

	/** Whether it runs, and is not only being started. */
	get isRunning(): boolean {
		return this.process?.isRunning ?? false;
	}

	/**
	 * Asks it to end, as a rolling update does.
	 *
	 * @param mostSeconds after which it is ended, 15 unless told
	 */
	async stop(mostSeconds?: number): Promise<void> {
		await this.process?.stop(mostSeconds);
	}
}

/**
 * A real n8n in queue mode on loopback: PostgreSQL, Redis, main, workers, webhook processes, each with
 * the packed pack, files in one folder for all, and Caddy in front with the routes that the project
 * ships.
 */
export class QueueMode {
	private constructor(
		/** Where all of it is kept, absolute. */
		readonly root: string,
		readonly postgres: PostgresServer,
		readonly redis: RedisServer,
		readonly main: N8nInstance,
		readonly workers: Companion[],
		readonly webhooks: Companion[],
		private readonly proxy: RoutingProxy,
		/** What everybody calls. */
		readonly url: string,
		/** Files in here may be read and written by workflows, absolute. */
		readonly files: string,
	) {}

	/** @throws Error where one of the programs is not installed or does not start */
	static async start(options: QueueModeOptions = {}): Promise<QueueMode> {
		const root = await mkdtemp(join(tmpdir(), 'queue-'));
		const files = join(root, 'files');
		await mkdir(files);
		const [postgres, redis] = await Promise.all([
			PostgresServer.start(),
			RedisServer.start({ keeps: true }),
		]);
		const [pack, n8n, proxyPort] = await Promise.all([packTarball(), installN8n(), freePort()]);
		const url = `http://127.0.0.1:${proxyPort}`;
		const fileFolders = [files];
		const environment = {
			...(await shippedEnvironment()),
			...postgres.environment,
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			N8N_BINARY_DATA_STORAGE_PATH: join(root, 'binaries'),
			WEBHOOK_URL: `${url}/`,
			...options.environment,
		};
		const folder = join(root, 'main');
		const main = await N8nInstance.start({ folder, fileFolders, pack, environment, editor: false });
		const companion = async (role: Companion['role'], number: number): Promise<Companion> => {
			const userFolder = join(root, `${role}-${number}`);
			await mkdir(userFolder);
			await installCommunityPackage(userFolder, pack);
			const port = await freePort();
			const launch = async () =>
				await N8nProcess.start({
					n8n,
					role,
					userFolder,
					port,
					fileFolders,
					brokerPort: await freePort(),
					encryptionKey: main.encryptionKey,
					logFile: join(userFolder, 'n8n.log'),
					editor: false,
					environment: { ...environment, QUEUE_HEALTH_CHECK_PORT: String(port) },
				});
			const started = new Companion(role, port, launch);
			await started.start();
			return started;
		};
		const several = async (role: Companion['role'], count: number) => {
			const started: Companion[] = [];
			for (let number = 1; number <= count; number++) started.push(await companion(role, number));
			return started;
		};
		const workers = await several('worker', options.workers ?? 2);
		const webhooks = await several('webhook', options.webhooks ?? 2);
		const proxy = await RoutingProxy.start(proxyPort, root, {
			main: [main.url],
			webhooks: webhooks.map((each) => each.url),
		});
		return new QueueMode(root, postgres, redis, main, workers, webhooks, proxy, url, files);
	}

	/** Ends everything that it has started. */
	async stop(): Promise<void> {
		await this.proxy.stop();
		await Promise.all([...this.workers, ...this.webhooks].map((each) => each.stop()));
		await this.main.stop();
		await this.redis.stop();
		await this.postgres.stop();
		await rm(this.root, { recursive: true, force: true });
	}
}

/** What the rig says itself: its key, where things are on this machine, and further modules that are off. */
const ofTheRig = ['N8N_DISABLED_MODULES', 'N8N_ENCRYPTION_KEY', 'N8N_RESTRICT_FILE_ACCESS_TO'];

/**
 * The settings of every n8n process in docker-compose.queue.yml, with what it takes by default.
 *
 * @throws Error where the file turns off a module that the rig leaves on
 */
async function shippedEnvironment(): Promise<Record<string, string>> {
	const file = await readFile(join(projectFolder, 'docker-compose.queue.yml'), 'utf8');
	const compose = parse(file, { merge: true }) as {
		'x-n8n': { environment: Record<string, string> };
	};
	const { environment } = compose['x-n8n'];
	const modules = environment.N8N_DISABLED_MODULES?.split(',') ?? [];
	const leftOn = modules.filter((name) => !UNWANTED_MODULES.includes(name));
	if (leftOn.length > 0) throw new Error(`The rig leaves modules on: ${leftOn.join(', ')}`);
	const entries = Object.entries(environment)
		.filter(([name]) => !ofTheRig.includes(name))
		.map(([name, value]) => [name, value.replace(/^\$\{\w+:[-?](.*)\}$/, '$1')] as const);
	return Object.fromEntries(entries);
}
