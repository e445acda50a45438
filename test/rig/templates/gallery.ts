import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import type { N8nInstance } from '../../../dev/n8n/instance';
import type {
	CredentialReference,
	DataTableRow,
	NewCredential,
	NodeTypeDescription,
	WorkflowJson,
} from '../../../dev/n8n/types';
import {
	type InterceptingProxy,
	placeForProxy,
	startInterceptingProxy,
} from '../../../dev/proxy/interceptingProxy';
import { simulatedCredentials } from '../../../dev/simulator/credentials';
import {
	type Simulator,
	type SimulatorOptions,
	startSimulator,
} from '../../../dev/simulator/server';
import {
	readTemplate,
	type Settings,
	type StoredCredentials,
	withCredentials,
	withSettings,
} from '../../../dev/templates/template';
import { QueueMode } from '../queue/queueMode';
import { SecretWatch } from '../secrets/secretWatch';
import { SharedN8n } from '../n8n/sharedN8n';
import { searchStored } from '../secrets/storedSecrets';

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

/** Where a gallery is: an n8n with its files, which may be several processes. */
type House = Pick<SharedN8n, 'root' | 'files' | 'n8n' | 'place' | 'end' | 'giveBack'> & {
	queue?: QueueMode;
};

/** A real n8n with the packed pack, the simulator behind it, and a credential for each provider. */
export class Gallery {
	private nodeTypes: NodeTypeDescription[] | undefined;

	private constructor(
		private readonly house: House,
		readonly simulator: Simulator,
		private readonly ownsSimulator: boolean,
		/** Undefined where no hosts are played. */
		readonly proxy: InterceptingProxy | undefined,
		private readonly stored: StoredCredentials,
		/** Sees where the providers' secrets turn up. */
		readonly secrets: SecretWatch,
	) {}

	static async start(options: GalleryOptions = {}): Promise<Gallery> {
		const simulator = options.beside?.simulator ?? (await startSimulator(options.simulator));
		const hosts = options.hosts?.(simulator);
		const house = await (options.queueMode
			? startQueueMode(options, hosts !== undefined)
			: SharedN8n.take({
					environment: options.environment,
					isProxied: hosts !== undefined,
					hasEditor: options.editor,
				}));
		const proxy = hosts && (await startInterceptingProxy(house.place!, hosts));
		const secrets = SecretWatch.start(simulator, hosts);
		const stored: StoredCredentials = {};
		const { client } = house.n8n;
		const others = options.credentials?.(simulator) ?? [];
		for (const credential of [...simulatedCredentials(simulator), ...others]) {
			stored[credential.type] = await client.credentials.create(credential);
		}
		for (const [type, authorize] of Object.entries(options.authorize?.(simulator) ?? {})) {
			await client.credentials.connectOAuth2(stored[type]!, authorize);
		}
		return new Gallery(house, simulator, !options.beside, proxy, stored, secrets);
	}

	/** @throws Error where a secret has turned up that has no business there, see SecretWatch */
	async stop(): Promise<void> {
		const { house, secrets } = this;
		try {
			await searchStored(secrets, house);
		} finally {
			secrets.stop();
			// whoever comes later would find in it what a caller sent in here
			await (secrets.someAreStored ? house.end() : house.giveBack());
			await this.proxy?.stop();
			if (this.ownsSimulator) await this.simulator.stop();
		}
		secrets.expectNoLeak();
	}

	/** In queue mode its main process. */
	get n8n(): N8nInstance {
		return this.house.n8n;
	}

	/** Files in here may be read and written by workflows, absolute. */
	get files(): string {
		return this.house.files;
	}

	/** Undefined where n8n is one process. */
	get queue(): QueueMode | undefined {
		return this.house.queue;
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

/** n8n in queue mode, as a gallery's house. */
async function startQueueMode(
	{ queueMode, environment }: GalleryOptions,
	isProxied: boolean,
): Promise<House> {
	const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
	const place = isProxied ? await placeForProxy(folder) : undefined;
	const all = { ...place?.environment, ...environment };
	const isGiven = typeof queueMode === 'function';
	const queue = await (isGiven ? queueMode(all) : QueueMode.start({ environment: all }));
	const end = async () => {
		if (!isGiven) await queue.stop();
		await rm(folder, { recursive: true, force: true });
	};
	const { root, files, main: n8n } = queue;
	return { root, files, n8n, place, queue, end, giveBack: end };
}
