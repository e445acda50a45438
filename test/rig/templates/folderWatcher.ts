import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configure, webhookUrlOf } from '../../../dev/folder-watcher/workflow';
import type { Values } from '../../../dev/n8n/dataTables';
import type { N8nInstance } from '../../../dev/n8n/instance';
import type { DataTableRow, WorkflowJson } from '../../../dev/n8n/types';
import { type Simulator, startSimulator } from '../../../dev/simulator/server';
import type { ScriptivoxSettings } from '../../../dev/simulator/scriptivox/settings';
import { durationOf, transcriptOf } from '../../../dev/simulator/scriptivox/transcript';
import type { PartialSettings } from '../../../dev/simulator/shared/settings';
import { readTemplate, type Settings } from '../../../dev/templates/template';
import type { QueueMode } from '../queue/queueMode';
import { SecretWatch } from '../secrets/secretWatch';
import { searchStored } from '../secrets/storedSecrets';
import { SharedN8n } from '../n8n/sharedN8n';
import { shortenWaits } from './shorterWaits';
import { until } from '../basics/until';

const finalStates = ['done', 'failed'];
const webhookTemplate = 'folder-watcher';

/** The schedule of the copy under test, so that a test need not wait for half a minute. */
const secondsBetween: Record<string, number> = { 'Every 10 Seconds': 2 };

export interface FolderWatcherOptions {
	/** File name of the template, without its extension. */
	template?: string;
	/** Values of the node Settings that differ from the template's. */
	settings?: Settings;
	simulator?: PartialSettings<ScriptivoxSettings>;
	/** Whether it keeps its own waits, which tests shorten. */
	asItIs?: boolean;
	/** How long a run has at least before another takes over, in place of 150 s; 8 s unless told. */
	leaseMs?: number;
	/** Seconds between two looks. */
	lookSeconds?: number;
	/** Further environment variables of n8n. */
	environment?: Record<string, string>;
	/** n8n in queue mode, in place of one of its own; it is left running. */
	within?: QueueMode;
	/** Happens before the workflow is published, with the input folder. */
	beforePublishing?(input: string): Promise<void>;
	/** Changes the copy of the template before it is imported. */
	edit?(workflow: WorkflowJson): void;
}

/** Where the watcher is: an n8n with its files; it is given back unless it is somebody else's. */
type House = Pick<SharedN8n, 'root' | 'files' | 'n8n'> &
	Partial<Pick<SharedN8n, 'giveBack'>> & { queue?: QueueMode };

/** The folder watcher in a real n8n, with the simulator behind it and folders of its own. */
export class FolderWatcher {
	readonly input: string;

	readonly output: string;

	readonly done: string;

	readonly failed: string;

	/** The workflow's ID. */
	workflowId = '';

	private constructor(
		private readonly house: House,
		readonly simulator: Simulator,
		private readonly secrets: SecretWatch,
	) {
		const folderOf = (name: string) => join(house.files, name);
		this.input = folderOf('input');
		this.output = folderOf('output');
		this.done = folderOf('done');
		this.failed = folderOf('failed');
	}

	/** Starts simulator and n8n, imports the template as its notes say, and publishes it. */
	static async start(options: FolderWatcherOptions = {}): Promise<FolderWatcher> {
		const simulator = await startSimulator({
			scriptivox: { rateLimits: { enabled: false }, ...options.simulator },
		});
		const { environment, within } = options;
		const house: House = within
			? { root: within.root, files: within.files, n8n: within.main, queue: within }
			: await SharedN8n.take({ environment });
		const secrets = SecretWatch.start(simulator);
		const watcher = new FolderWatcher(house, simulator, secrets);
		try {
			watcher.workflowId = await watcher.publish(options);
		} catch (error) {
			await watcher.stop();
			throw error;
		}
		return watcher;
	}

	/** @throws Error where a secret has turned up that has no business there, see SecretWatch */
	async stop(): Promise<void> {
		try {
			await searchStored(this.secrets, this.house);
		} finally {
			this.secrets.stop();
			await this.house.giveBack?.();
			await this.simulator.stop();
		}
		this.secrets.expectNoLeak();
	}

	get n8n(): N8nInstance {
		return this.house.n8n;
	}

	/** Kills n8n as a power cut would, and starts it again. */
	async crash(): Promise<void> {
		await this.n8n.kill();
		await this.n8n.resume();
	}

	/**
	 * Puts a file into the input folder at one stroke.
	 *
	 * @returns its content, random unless given
	 */
	async drop(name: string, content: Buffer = randomBytes(20_000)): Promise<Buffer> {
		const staged = join(this.house.files, 'staged');
		await writeFile(staged, content);
		await rename(staged, join(this.input, name));
		return content;
	}

	/** The ledger's rows, oldest first. */
	async rows(): Promise<DataTableRow[]> {
		const id = await this.ledgerId();
		return id === undefined ? [] : await this.n8n.client.tables.rows(id);
	}

	/** Puts rows into the ledger, as earlier looks left them. */
	async insertRows(rows: Values[]): Promise<void> {
		await this.n8n.client.tables.insertRows((await this.ledgerId())!, rows);
	}

	private async ledgerId(): Promise<string | undefined> {
		const tables = await this.n8n.client.tables.list();
		return tables.find(({ name }) => name.startsWith('Recordings of the folder'))?.id;
	}

	/** The rows of the files of that name, oldest first. */
	async rowsOf(name: string): Promise<DataTableRow[]> {
		return (await this.rows()).filter(({ path }) => path === join(this.input, name));
	}

	/**
	 * Waits until something holds.
	 *
	 * @param what named in the error when it does not within two and a half minutes
	 */
	async until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
		await until(what, holds, undefined, async () => await this.describe());
	}

	/** Waits until no recording is left in the input folder and none is under way. */
	async untilSettled(): Promise<void> {
		await this.until('Every file has its transcript or note', async () => {
			if ((await this.waiting()).length > 0) return false;
			return (await this.rows()).every(({ state }) => finalStates.includes(String(state)));
		});
	}

	/** Waits until the newest file of that name is in a state, e.g. `submitted`. */
	async untilState(name: string, state: string): Promise<void> {
		await this.until(`${name} is ${state}`, async () => {
			return (await this.rowsOf(name)).at(-1)?.state === state;
		});
	}

	/** The names in the input folder that are not hidden. */
	async waiting(): Promise<string[]> {
		return (await readdir(this.input)).filter((name) => !name.startsWith('.'));
	}

	/** The names of texts that the watcher keeps hidden while it publishes them. */
	async hiddenTexts(): Promise<string[]> {
		return (await readdir(join(this.output, '.folder-watcher'))).filter((name) =>
			name.endsWith('.txt'),
		);
	}

	/** What a file in the output folder says. */
	async text(name: string): Promise<string> {
		return await readFile(join(this.output, name), 'utf8');
	}

	/** Every text in the output folder by its name, hidden ones too; not what lies in folders there. */
	async texts(): Promise<Record<string, string>> {
		const found = await readdir(this.output, { withFileTypes: true });
		const names = found.filter((entry) => entry.isFile()).map(({ name }) => name);
		const entries = names.map(async (name) => [name, await this.text(name)] as const);
		return Object.fromEntries(await Promise.all(entries));
	}

	/**
	 * Publishes another copy of the template in the same n8n.
	 *
	 * @returns its ID
	 */
	async publishCopy(options: FolderWatcherOptions): Promise<string> {
		return await this.publish(options);
	}

	private async publish(options: FolderWatcherOptions): Promise<string> {
		const { template, settings, asItIs, lookSeconds, within, beforePublishing, edit } = options;
		const credential = await this.n8n.client.credentials.create({
			name: 'Scriptivox',
			type: 'scriptivoxApi',
			data: {
				apiKey: this.simulator.scriptivox.apiKey,
				baseUrl: this.simulator.scriptivox.baseUrl,
			},
		});
		const original = await readTemplate(template ?? webhookTemplate);
		const webhook: Settings = original.nodes.some(({ webhookId }) => webhookId)
			? { webhookUrl: webhookUrlOf(original, within?.url ?? this.n8n.url) }
			: {};
		const workflow = configure(original, credential, {
			inputFolder: this.input,
			outputFolder: this.output,
			doneFolder: this.done,
			failedFolder: this.failed,
			uploadsPerMinute: 1000,
			transcribesPerMinute: 1000,
			pollsPerMinute: 1000,
			settleSeconds: 1,
			...webhook,
			...settings,
		});
		for (const node of workflow.nodes) {
			const secondsInterval =
				(secondsBetween[node.name] && lookSeconds) ?? secondsBetween[node.name];
			if (secondsInterval === undefined) continue;
			node.parameters.rule = { interval: [{ field: 'seconds', secondsInterval }] };
		}
		if (!asItIs) shortenWaits(workflow, options.leaseMs);
		edit?.(workflow);
		await mkdir(this.input, { recursive: true });
		await beforePublishing?.(this.input);
		const { id } = await this.n8n.client.createWorkflow(workflow);
		await this.n8n.client.publishWorkflow(id);
		return id;
	}

	private async describe(): Promise<string> {
		const rows = (await this.rows()).map(({ id, path, state, message, attempts }) =>
			JSON.stringify({ id, path, state, message, attempts }),
		);
		return [`In input: ${JSON.stringify(await readdir(this.input))}`, ...rows].join('\n');
	}
}

/** The text that Scriptivox makes of a recording's bytes. */
export function transcriptFor(content: Buffer): string {
	const sha256 = createHash('sha256').update(content).digest('hex');
	const durationSeconds = durationOf(content.length);
	const unasked = { language: null, diarize: false, speakerCount: null, align: false };
	return transcriptOf({ sha256, durationSeconds, silent: false, ...unasked }).full_transcript;
}
