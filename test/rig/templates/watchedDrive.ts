import type { DataTableRow } from '../../../dev/n8n/types';
import type { DriveFile, NewFile } from '../../../dev/simulator/googleDrive/files';
import { Gallery, type ImportOptions } from './gallery';
import { EARLIER_ENGINE } from '../n8n/n8n';
import { errorsOf } from '../workflows/workflows';
import { until } from '../basics/until';

const template = 'google-drive-transcripts';
const settingsForTests = {
	maxParallel: 10,
	transcribesPerMinute: 0,
	readsPerMinute: 0,
	pollIntervalSeconds: 0.2,
	leaseMinutes: 1,
};

export interface PublishOptions extends ImportOptions {
	/** False: the folder is looked into once an hour, so that all comes from the trigger. */
	looksIntoFolder?: boolean;
}

/** A folder of the simulated Google Drive that the template google-drive-transcripts watches. */
export class WatchedDrive {
	inbox!: DriveFile;

	done!: DriveFile;

	private published: string[] = [];

	private constructor(readonly gallery: Gallery) {}

	static async start(): Promise<WatchedDrive> {
		const gallery = await Gallery.start({
			hosts: (simulator) => simulator.googleDrive.hosts,
			simulator: { transcripton: { rateLimits: { enabled: false }, stageSeconds: 0.05 } },
			environment: EARLIER_ENGINE,
		});
		return new WatchedDrive(gallery);
	}

	/** A folder of the Drive behind a gallery that runs, which plays its hosts. */
	static within(gallery: Gallery): WatchedDrive {
		return new WatchedDrive(gallery);
	}

	async stop(): Promise<void> {
		await this.gallery.stop();
	}

	/** An empty Drive with two folders. Access tokens are gone, so that n8n has to ask for one. */
	empty(): void {
		this.gallery.simulator.reset();
		this.inbox = this.drive.addFolder('Inbox');
		this.done = this.drive.addFolder('Done', this.inbox.id);
	}

	get drive() {
		return this.gallery.simulator.googleDrive;
	}

	get transcripton() {
		return this.gallery.simulator.transcripton;
	}

	/** Puts a recording, or another file, into the folder that is watched. */
	drop(name: string, more: Partial<NewFile> = {}): DriveFile {
		const bytes = Buffer.from(`ID3 ${name} ${Math.random()}`);
		return this.drive.addFile({
			name,
			parent: this.inbox.id,
			mimeType: 'audio/mpeg',
			bytes,
			...more,
		});
	}

	/** Publishes the template as its user would, with a look into the folder every other second. */
	async publish(options: PublishOptions = {}): Promise<string> {
		const { settings, secondsBetween, looksIntoFolder = true } = options;
		const folder = this.inbox.id;
		const id = await this.gallery.publishTemplate(template, {
			settings: { ...settingsForTests, doneFolder: this.done.id, ...settings },
			secondsBetween: { 'Every Minute': 2, ...secondsBetween },
			edit: ({ nodes }) => {
				const named = (name: string) => nodes.find((node) => node.name === name)!.parameters;
				named('When a File Arrives').folderToWatch = { __rl: true, mode: 'list', value: folder };
				if (!looksIntoFolder) named('Every Minute').rule = { interval: [{ field: 'hours' }] };
			},
		});
		this.published.push(id);
		return id;
	}

	/** Stops every workflow that was published. */
	async unpublish(): Promise<void> {
		for (const id of this.published) await this.gallery.n8n.client.unpublishWorkflow(id);
		this.published = [];
	}

	private get tableName(): string {
		return `Google Drive transcripts ${this.inbox.id}`;
	}

	private get tables() {
		return this.gallery.n8n.client.tables;
	}

	private async tableId(): Promise<string> {
		const table = await this.tables.named(this.tableName);
		if (table === undefined) throw new Error(`There is no table "${this.tableName}".`);
		return table.id;
	}

	/** What the workflow has noted, a row a file. */
	async rows(): Promise<DataTableRow[]> {
		return await this.gallery.rows(this.tableName);
	}

	/** How many files are being worked on, of the hundred whose rows changed last. */
	async filesUnderWay(): Promise<number> {
		const table = await this.tables.named(this.tableName);
		const rows = table ? await this.tables.recentRows(table.id) : [];
		return rows.filter(({ owner }) => owner).length;
	}

	async rowOf(name: string): Promise<DataTableRow | undefined> {
		return (await this.rows()).find((row) => row.name === name);
	}

	/** The rows of files that are neither done nor skipped, and how many rows there are, for an error. */
	async unfinished(): Promise<string> {
		const rows = await this.rows();
		const others = rows.filter(({ state }) => state !== 'done' && state !== 'skipped');
		return `Of ${rows.length} rows: ${JSON.stringify(others)}`;
	}

	/** Puts rows into the table, as an earlier run of the workflow left them. */
	async insertRows(rows: Array<Record<string, string | number>>): Promise<void> {
		await this.tables.insertRows(await this.tableId(), rows);
	}

	/** Deletes a file's row, as a person does who wants it sent again. */
	async deleteRow(name: string): Promise<void> {
		await this.tables.deleteRows(await this.tableId(), 'name', name);
	}

	async untilState(name: string, state: string): Promise<void> {
		await until(`${name} is ${state}`, async () => (await this.rowOf(name))?.state === state);
	}

	namesIn(folder: DriveFile): string[] {
		return this.drive
			.filesIn(folder.id)
			.map(({ name }) => name)
			.sort();
	}

	/** Waits until recordings lie in the Done folder. */
	async untilMoved(...names: string[]): Promise<void> {
		await until(`${names.join(', ')} moved`, () => {
			const moved = this.namesIn(this.done);
			return names.every((name) => moved.includes(name));
		});
	}

	/** Waits until every run of a workflow that was unpublished has ended. */
	async untilEnded(workflowId: string): Promise<void> {
		const { executions } = this.gallery.n8n.client;
		const isEnded = async () => (await executions.count(workflowId, 'new', 'running')) === 0;
		await until('every run has ended', isEnded);
	}

	/** Waits until an execution of one of the workflows has failed; gives what failed ones say, by the alphabet. */
	async untilTold(...workflowIds: string[]): Promise<string[]> {
		const isTold = async () => (await this.errorsOf(...workflowIds)).length > 0;
		await until('an execution has failed', isTold);
		return await this.errorsOf(...workflowIds);
	}

	/** What failed executions of workflows say, by the alphabet. */
	async errorsOf(...workflowIds: string[]): Promise<string[]> {
		const { client } = this.gallery.n8n;
		const errors = await Promise.all(workflowIds.map(async (id) => await errorsOf(client, id)));
		return errors.flat().sort();
	}
}
