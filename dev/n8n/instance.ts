import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient } from './client';
import { installCommunityPackage } from './community-package';
import { installN8n } from './install';
import type { N8nInstallation } from './installation';
import { freePort, isFree } from './ports';
import { N8nProcess, PortInUseError } from './process';
import type { Owner } from './types';

const attemptsForAPort = 3;
const retryPauseMs = 1000;

export interface InstanceOptions {
	/** n8n's user folder, absolute; made when missing. What is stored in it is found again. */
	folder: string;
	/** The n8n to run; the pinned one when left out. */
	n8n?: N8nInstallation;
	/** Tarball of the pack, absolute; without it n8n runs as it comes. */
	pack?: string;
	/** TCP port on loopback; 0 or nothing: a free one, which stays the same over restarts. */
	port?: number;
	/** Folders whose files workflows may read and write, absolute. */
	fileFolders?: string[];
	/** False: nobody opens the editor, whose files take a quarter of the CPU of a start. */
	editor?: boolean;
	/** Further environment variables of n8n. */
	environment?: Record<string, string>;
}

interface Secrets extends Owner {
	encryptionKey: string;
}

/** An n8n that runs, for another N8nInstance to take over; of classes it has only those of Node.js. */
export interface RunningN8n {
	n8n: N8nInstallation;
	options: InstanceOptions;
	secrets: Secrets;
	port: number;
	process: Pick<N8nProcess, 'child' | 'options'>;
}

/**
 * A private n8n on loopback: the pinned version unless told, with the pack installed as a community package
 * and its owner logged in.
 *
 * @example
 * const n8n = await N8nInstance.start({ folder, pack: await packTarball() });
 * const workflow = await n8n.client.createWorkflow(json);
 * await n8n.client.publishWorkflow(workflow.id);
 * await n8n.stop();
 */
export class N8nInstance {
	/** Where n8n is, e.g. http://127.0.0.1:40123. */
	readonly url: string;

	/** A logged-in client of n8n's REST interface. */
	readonly client: N8nClient;

	private process: N8nProcess | undefined;

	private constructor(
		private readonly n8n: N8nInstallation,
		private readonly options: InstanceOptions,
		private readonly secrets: Secrets,
		readonly port: number,
	) {
		this.url = `http://127.0.0.1:${port}`;
		this.client = new N8nClient(this.url);
	}

	/**
	 * Installs what is missing, starts n8n, and logs in.
	 *
	 * @throws PortInUseError when `port` was given and is taken
	 * @throws Error with the end of n8n's log when n8n does not start
	 */
	static async start(options: InstanceOptions): Promise<N8nInstance> {
		if (options.port && !(await isFree(options.port))) {
			throw new PortInUseError(`Port ${options.port} is already in use.`);
		}
		const n8n = options.n8n ?? (await installN8n());
		await mkdir(options.folder, { recursive: true });
		if (options.pack) await installCommunityPackage(options.folder, options.pack);
		const secrets = await secretsOf(options.folder);
		return await retryWhilePortInUse(async () => {
			const port = options.port || (await freePort());
			const instance = new N8nInstance(n8n, options, secrets, port);
			await instance.launch();
			return instance;
		});
	}

	/** Takes over an n8n that another N8nInstance has started, in another registry of modules too, and logs in. */
	static async takeOver(running: RunningN8n): Promise<N8nInstance> {
		const { n8n, options, secrets, port } = running;
		const instance = new N8nInstance(n8n, options, secrets, port);
		instance.process = new N8nProcess(running.process.child, running.process.options);
		await instance.logIn();
		return instance;
	}

	/** For `takeOver`; undefined while n8n does not run. */
	get running(): RunningN8n | undefined {
		if (!this.process?.isRunning) return undefined;
		const { n8n, options, secrets, port, process } = this;
		return {
			n8n,
			options,
			secrets,
			port,
			process: { child: process.child, options: process.options },
		};
	}

	/** The login of n8n's only user, for a person at the editor. */
	get owner(): Owner {
		return { email: this.secrets.email, password: this.secrets.password };
	}

	/** The key that every process of one n8n needs, for its stored credentials. */
	get encryptionKey(): string {
		return this.secrets.encryptionKey;
	}

	/** What n8n printed, from all its runs in this folder. */
	get logFile(): string {
		return join(this.options.folder, 'n8n.log');
	}

	/** Process id of the running n8n, for measuring it; undefined when it does not run. */
	get pid(): number | undefined {
		return this.process?.isRunning ? this.process.pid : undefined;
	}

	/** Starts n8n again after `stop` or `kill`: same folder, same port. */
	async resume(): Promise<void> {
		await retryWhilePortInUse(async () => await this.launch());
	}

	/** Ends n8n in good order; bounded at 15 seconds. */
	async stop(): Promise<void> {
		await this.process?.stop();
	}

	/** Ends n8n at once, as a crash would. */
	async kill(): Promise<void> {
		await this.process?.kill();
	}

	/** Ends n8n in good order and starts it again. */
	async restart(): Promise<void> {
		await this.stop();
		await this.resume();
	}

	/** Replaces the installed pack; n8n loads it at its next start. */
	async replacePack(pack: string): Promise<void> {
		await installCommunityPackage(this.options.folder, pack);
	}

	private async launch(): Promise<void> {
		this.process = await N8nProcess.start({
			n8n: this.n8n,
			userFolder: this.options.folder,
			port: this.port,
			brokerPort: await freePort(),
			encryptionKey: this.secrets.encryptionKey,
			fileFolders: this.options.fileFolders ?? [],
			logFile: this.logFile,
			editor: this.options.editor,
			environment: this.options.environment,
		});
		await this.logIn();
	}

	private async logIn(): Promise<void> {
		try {
			if (await this.client.needsOwner()) await this.client.setUpOwner(this.owner);
			else await this.client.login(this.owner);
		} catch (error) {
			await this.kill();
			throw error;
		}
	}
}

/**
 * Between the choice of a free port and its use somebody else can take it, if only for the length
 * of a connection.
 */
async function retryWhilePortInUse<Result>(action: () => Promise<Result>): Promise<Result> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await action();
		} catch (error) {
			if (!(error instanceof PortInUseError) || attempt === attemptsForAPort) throw error;
			await sleep(retryPauseMs);
		}
	}
}

/** The login and encryption key of a user folder, made at its first use. */
async function secretsOf(folder: string): Promise<Secrets> {
	const file = join(folder, 'secrets.json');
	const stored = await readFile(file, 'utf8').catch(() => undefined);
	if (stored !== undefined) return JSON.parse(stored) as Secrets;
	const secrets: Secrets = {
		email: 'owner@example.com',
		// n8n asks for a digit and a capital letter
		password: `N8n-${randomBytes(9).toString('base64url')}1`,
		encryptionKey: randomBytes(24).toString('base64'),
	};
	await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
	return secrets;
}
