import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCode, type FileSystem, type Rows } from './codeNode';

export type Row = Record<string, unknown>;

/** What a look finds beside the folder. */
export interface Look {
	rows?: Rows;
	oldRows?: Rows;
	disk?: Row;
	/** How long ago the files were changed. */
	stillSeconds?: number;
	fileSystem?: FileSystem;
	/** Whether a run that has ended looks, and not the clock. */
	afterRun?: boolean;
	/** How long the look takes, other than no time. */
	tookSeconds?: number;
}

/** The folders of a watcher, and its looks into them. */
export class WatchedFolder {
	readonly input: string;

	private nextId = 1000;

	private constructor(
		private readonly template: string,
		readonly folder: string,
		/** Those of the node Settings. */
		readonly settings: Row,
	) {
		this.input = `${join(folder, 'input')}/`;
	}

	/** Makes the folders, empty. */
	static async make(template: string, more: Row = {}): Promise<WatchedFolder> {
		const folder = await fs.mkdtemp(join(tmpdir(), 'watched-'));
		const settings: Row = {
			subfolders: false,
			settleSeconds: 60,
			files: 'txt',
			maxParallel: 10,
			slowestMbitPerSecond: 1,
			diarize: false,
			pollsPerMinute: 150,
			...more,
		};
		for (const name of ['input', 'output', 'done', 'failed']) {
			await fs.mkdir(join(folder, name));
			settings[`${name}Folder`] = join(folder, name);
		}
		return new WatchedFolder(template, folder, settings);
	}

	async remove(): Promise<void> {
		await fs.rm(this.folder, { recursive: true });
	}

	/** A recording that lies still since long ago. */
	async recording(name: string, bytes = 6): Promise<Row> {
		const path = join(this.input, name);
		await fs.mkdir(join(path, '..'), { recursive: true });
		const file = await fs.open(path, 'w');
		await file.truncate(bytes);
		await file.close();
		return await this.factsOf(path);
	}

	/** What the table holds of a file. */
	async factsOf(path: string): Promise<Row> {
		const { ino, size, mtimeNs, ctimeNs } = await fs.lstat(path, { bigint: true });
		const version = `${ino}:${size}:${mtimeNs}`;
		const file = path.split('/').at(-1);
		return { file, path, version, changedAt: String(ctimeNs), size: Number(size) };
	}

	/** A row of the table, of a recording that is there. */
	async rowOf(name: string, more: Row): Promise<Row> {
		const path = join(this.input, name);
		const facts = await this.factsOf(path).catch(async () => await this.recording(name));
		const none = { job: '', message: '', output: '', uploadId: '', contentHash: '', request: '' };
		const since = new Date().toISOString();
		const rest = { key: '', format: '', attempts: 0, endedAt: null, owner: '', since };
		return { id: this.nextId++, folder: this.input, ...facts, ...none, ...rest, until: 0, ...more };
	}

	/** One look, begun and ended: the rows and the orders that it gives. */
	async look(given: Look = {}) {
		const { rows = [], oldRows = [], disk = {}, stillSeconds, fileSystem, afterRun } = given;
		const others = { Settings: [this.settings], ...(afterRun && { 'Take the Files': [{}] }) };
		const [begun] = await runCode(this.template, 'Take the Look', [{}], others, fileSystem);
		if (!begun) return undefined;
		const at = Date.now() - 1000 * (given.tookSeconds ?? -Infinity);
		const look = { ...begun.json, begun: at };
		const items = await runCode(
			this.template,
			'Look into the Folder',
			[{}],
			{
				...others,
				'Take the Look': [look],
				'Same Disk': [disk],
				'Files under Way': rows.length > 0 ? rows : [{}],
				'Files of 0.1.0': oldRows.length > 0 ? oldRows : [{ error: 'not found' }],
			},
			{ ...aged(stillSeconds ?? 3600), ...fileSystem },
		);
		const found = items.map(({ json }) => json);
		const orders = found.filter(({ path }) => path === undefined);
		if (found.length > 0) {
			const steps = { ...others, 'Take the Look': [look] };
			await runCode(this.template, 'End the Look', orders, steps, fileSystem);
		}
		return { rows: found.filter(({ path }) => path !== undefined), orders };
	}
}

/** The file system on which all files changed earlier: nobody can set the time of a change. */
function aged(seconds: number): FileSystem {
	return {
		lstat: async (path: string, options: { bigint: true }) => {
			const stats = await fs.lstat(path, options);
			const { ino, dev, size, mtimeNs, mtimeMs, ctimeMs } = stats;
			const ctimeNs = stats.ctimeNs - BigInt(seconds) * 1_000_000_000n;
			return { ino, dev, size, mtimeNs, mtimeMs, ctimeMs, ctimeNs, isFile: () => stats.isFile() };
		},
	};
}
