import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import type { N8nInstance } from '../../dev/n8n/instance';
import type {
	CredentialReference,
	DataTableRow,
	NewCredential,
	NodeTypeDescription,
	WorkflowJson,
} from '../../dev/n8n/types';
import { type InterceptingProxy, startInterceptingProxy } from '../../dev/proxy/interceptingProxy';
import { simulatedCredentials } from '../../dev/simulator/credentials';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../dev/simulator/server';
import {
	readTemplate,
	type Settings,
	type StoredCredentials,
	withCredentials,
	withSettings,
} from '../../dev/templates/template';
import { startN8n } from './n8n';
import { QueueMode } from './queueMode';
import { SecretWatch } from './secretWatch';

const settleSeconds = 150;
const lookAgainMs = 250;
const secondsPerMinute = 60;

export interface GalleryOptions {
	simulator?: SimulatorOptions;
	/** The gallery whose simulator this one uses too, in place of one of its own. */
	beside?: Gallery;
	/** Hosts of the internet that are played on loopback, see startInterceptingProxy. */
	hosts?(simulator: Simulator): Record<string, string>;
	/** Credentials beside those of the simulated providers. */
	credentials?(simulator: Simulator): NewCredential[];
	/**
	 * What the pages of OAuth2 providers do when their user agrees, by the type of the credential that
	 * is connected; see N8nClient.connectOAuth2.
	 */
	authorize?(simulator: Simulator): Record<string, (authorizationUrl: URL) => string>;
	/** Further folders that workflows may read, absolute. */
	readableFolders?: string[];
	/** True: with n8n's editor, which a start takes longer with. */
	editor?: boolean;
	/** Further environment variables of n8n; in queue mode of every process. */
	environment?: Record<string, string>;
	/**
	 * True: n8n in queue mode, several processes, in place of one. Or a function that starts it, with further
	 * environment variables of every process; whoever gives one ends what it has started.
	 */
	queueMode?: boolean | ((environment: Record<string, string>) => Promise<QueueMode>);
}

export interface ImportOptions {
	/** Values of the node Settings that differ from the template's. */
	settings?: Settings;
	/**
	 * Seconds between two runs of a schedule or of a trigger that polls, by its node's name, so that
	 * a test need not wait.
	 */
	secondsBetween?: Record<string, number>;
	/** False: no credential is chosen. */
	credentials?: boolean;
	/** Changes the copy of the template before credentials are chosen and it is imported. */
	edit?(workflow: WorkflowJson): void;
}

/** A real n8n with the packed pack, the simulator behind it, and a credential for each provider. */
export class Gallery {
	private nodeTypes: NodeTypeDescription[] | undefined;

	private constructor(
		/** Files in here may be read and written by workflows, absolute. */
		readonly files: string,
		private readonly root: string,
		/** In queue mode its main process. */
		readonly n8n: N8nInstance,
		/** Undefined where n8n is one process. */
		readonly queue: QueueMode | undefined,
		readonly simulator: Simulator,
		private readonly owns: { simulator: boolean; queue: boolean },
		/** Undefined where no hosts are played. */
		readonly proxy: InterceptingProxy | undefined,
		private readonly stored: StoredCredentials,
		/** Sees where the providers' secrets turn up. */
		readonly secrets: SecretWatch,
	) {}

	static async start(options: GalleryOptions = {}): Promise<Gallery> {
		const root = await mkdtemp(join(tmpdir(), 'gallery-'));
		const simulator = options.beside?.simulator ?? (await startSimulator(options.simulator));
		const hosts = options.hosts?.(simulator);
		const proxy = hosts && (await startInterceptingProxy(root, hosts));
		const secrets = SecretWatch.start(simulator, hosts);
		const environment = { ...proxy?.environment, ...options.environment };
		const readable = options.readableFolders ?? [];
		const startQueue =
			typeof options.queueMode === 'function' ? options.queueMode : queueWith(readable);
		const queue = options.queueMode ? await startQueue(environment) : undefined;
		const files = queue?.files ?? join(root, 'files');
		await mkdir(files, { recursive: true });
		const n8n =
			queue?.main ??
			(await startN8n({
				folder: join(root, 'n8n'),
				fileFolders: [files, ...readable],
				environment,
				editor: options.editor ?? false,
			}));
		const stored: StoredCredentials = {};
		const others = options.credentials?.(simulator) ?? [];
		for (const credential of [...simulatedCredentials(simulator), ...others]) {
			stored[credential.type] = await n8n.client.credentials.create(credential);
		}
		for (const [type, authorize] of Object.entries(options.authorize?.(simulator) ?? {})) {
			await n8n.client.credentials.connectOAuth2(stored[type]!, authorize);
		}
		const owns = { simulator: !options.beside, queue: typeof options.queueMode !== 'function' };
		return new Gallery(files, root, n8n, queue, simulator, owns, proxy, stored, secrets);
	}

	/** @throws Error where a secret has turned up that has no business there, see SecretWatch */
	async stop(): Promise<void> {
		const { owns, queue, secrets } = this;
		try {
			if (queue) secrets.searchText('The database', await queue.postgres.dump());
			else await this.n8n.stop();
			await secrets.searchFolder(queue?.root ?? this.root);
		} finally {
			secrets.stop();
			if (owns.queue) await queue?.stop();
			await this.proxy?.stop();
			if (owns.simulator) await this.simulator.stop();
			await rm(this.root, { recursive: true, force: true });
		}
		secrets.expectNoLeak();
	}

	/** Where anybody reaches webhooks and forms: n8n, or the proxy in front of queue mode. */
	get url(): string {
		return (this.queue ?? this.n8n).url;
	}

	/** The credential of a type that n8n has stored. */
	credential(type: string): CredentialReference {
		const credential = this.stored[type];
		if (!credential) throw new Error(`There is no credential ${type}.`);
		return credential;
	}

	/** Stores a further credential, which imported templates then get. */
	async addCredential(credential: NewCredential): Promise<void> {
		this.stored[credential.type] = await this.n8n.client.credentials.create(credential);
	}

	/** Kills n8n as a power cut would, and starts it again. */
	async crash(): Promise<void> {
		await this.n8n.kill();
		await this.n8n.resume();
	}

	/**
	 * Imports a template and does what its notes ask of its user: credentials and settings.
	 *
	 * @param name e.g. 'folder-watcher'
	 * @returns the id of the workflow, which is not published yet
	 */
	async importTemplate(name: string, options: ImportOptions = {}): Promise<string> {
		let workflow = withSettings(await readTemplate(name), options.settings ?? {});
		options.edit?.(workflow);
		if (options.credentials !== false) {
			this.nodeTypes ??= await this.n8n.client.nodeTypes();
			workflow = withCredentials(workflow, this.nodeTypes, this.stored);
		}
		for (const [nodeName, secondsInterval] of Object.entries(options.secondsBetween ?? {})) {
			const node = workflow.nodes.find((each) => each.name === nodeName);
			if (!node) throw new Error(`The template ${name} has no node "${nodeName}".`);
			if (node.parameters.pollTimes) node.parameters.pollTimes = pollTimesEvery(secondsInterval);
			else node.parameters.rule = { interval: [{ field: 'seconds', secondsInterval }] };
		}
		return (await this.n8n.client.createWorkflow(workflow)).id;
	}

	/** Imports a template and publishes it; see importTemplate. */
	async publishTemplate(name: string, options: ImportOptions = {}): Promise<string> {
		const id = await this.importTemplate(name, options);
		await this.n8n.client.publishWorkflow(id);
		return id;
	}

	/** Every row of the Data Table of that name, oldest first; none where there is no such table. */
	async rows(tableName: string): Promise<DataTableRow[]> {
		const { tables } = this.n8n.client;
		const table = await tables.named(tableName);
		return table ? await tables.rows(table.id) : [];
	}

	/**
	 * Waits until something holds.
	 *
	 * @param what named in the error when it does not in time, two and a half minutes unless told
	 * @param seen what there is instead, for the error
	 */
	async until(
		what: string,
		holds: () => Promise<boolean> | boolean,
		longestSeconds = settleSeconds,
		seen: () => Promise<string> = async () => '',
	): Promise<void> {
		const deadline = Date.now() + longestSeconds * 1000;
		while (!(await holds())) {
			if (Date.now() > deadline) throw new Error(`${what}: not so. ${await seen()}`);
			await sleep(lookAgainMs);
		}
	}
}

/** For a trigger that polls: n8n takes no interval below a minute, but several times in it. */
export function pollTimesEvery(secondsInterval: number): INodeParameters {
	const times = Math.ceil(secondsPerMinute / secondsInterval);
	const item = Array.from({ length: times }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * secondsInterval} * * * * *`,
	}));
	return { item };
}

/** Starts queue mode with further folders that workflows may read, absolute. */
function queueWith(fileFolders: string[]) {
	return async (environment: Record<string, string>) =>
		await QueueMode.start({ environment, fileFolders });
}
