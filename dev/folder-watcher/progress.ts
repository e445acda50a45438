import { basename } from 'node:path';
import type { N8nClient } from '../n8n/client';
import type { DataTable, DataTableRow } from '../n8n/types';

/** What a file goes through, in this order; after that it is done or has failed. */
const stages = ['uploading', 'transcribing'] as const;

/** The stage of a ledger row by its state; a state that is missing here is not shown. */
const stageOfState: Record<string, (typeof stages)[number]> = {
	sending: 'uploading',
	waiting: 'uploading',
	uploaded: 'uploading',
	refused: 'uploading',
	transcribing: 'transcribing',
	ended: 'transcribing',
	completed: 'transcribing',
};

const ledgerName = 'Recordings of the folder watcher';

/** Where a file ended. */
export interface Ending {
	/** The file, absolute, as it was found. */
	path: string;
	succeeded: boolean;
	/** The transcript or the failure note, absolute. */
	output: string;
	/** Code and message of a failure; empty for a success. */
	reason: string;
}

/** Follows the folder watcher's ledger, a Data Table of n8n, and tells what happens to each file. */
export class Progress {
	private ledger: DataTable | undefined;

	/** How many stages were told of a file as it was found; those that have ended are kept too. */
	private readonly told = new Map<string, number>();

	/** The last ending of each file, by its path. */
	private readonly endings = new Map<string, Ending>();

	/**
	 * @param inputFolder the watched folder, absolute
	 * @param tell receives a line for each move of a file
	 */
	constructor(
		private readonly client: N8nClient,
		private readonly inputFolder: string,
		private readonly tell: (line: string) => void,
	) {}

	/** Passes over files that ended before, e.g. in an earlier run of n8n. */
	async ignorePast(): Promise<void> {
		for (const row of await this.rows()) {
			if (hasEnded(row)) this.told.set(fileOf(row), Infinity);
		}
	}

	/** Reads the ledger once and tells what is new in it. */
	async look(): Promise<void> {
		for (const row of await this.rows()) this.tellOf(row);
	}

	/** The last ending of a file since `ignorePast`; undefined while it is under way. */
	endingOf(path: string): Ending | undefined {
		return this.endings.get(path);
	}

	private async rows(): Promise<DataTableRow[]> {
		this.ledger ??= await this.client.tables.named(ledgerName);
		if (this.ledger === undefined) return [];
		const rows = await this.client.tables.recentRows(this.ledger.id);
		return rows
			.filter(({ folder }) => folder === `${this.inputFolder}/`)
			.sort((one, other) => one.id - other.id);
	}

	private tellOf(row: DataTableRow): void {
		const before = this.told.get(fileOf(row)) ?? 0;
		if (before === Infinity) return;
		const path = String(row.path);
		const name = basename(path);
		const stage = stageOfState[String(row.state ?? '')];
		const reached = stage === undefined ? before : stages.indexOf(stage) + 1;
		// a short file goes through several stages between two looks
		const passed = row.state === 'done' ? stages.length : reached;
		for (const each of stages.slice(before, passed)) this.tell(`${name}: ${each}`);
		this.told.set(fileOf(row), Math.max(before, passed));
		if (!hasEnded(row)) return;
		this.told.set(fileOf(row), Infinity);
		const ending = endingOf(row, path);
		this.endings.set(path, ending);
		this.tell(
			ending.succeeded
				? `${name}: done, transcript in ${basename(ending.output)}`
				: `${name}: failed, ${ending.reason}`,
		);
	}
}

/** A file as it was found; each step that it takes has a row of its own. */
function fileOf({ path, version }: DataTableRow): string {
	return `${String(path)} ${String(version)}`;
}

function hasEnded(row: DataTableRow): boolean {
	return row.state === 'done' || row.state === 'failed';
}

function endingOf(row: DataTableRow, path: string): Ending {
	const succeeded = row.state === 'done';
	return {
		path,
		succeeded,
		output: String(row.output ?? ''),
		reason: succeeded ? '' : String(row.message),
	};
}
