import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { judged } from './faultFindings';
import { FAULT_KINDS } from './faultSchedule';
import type { FaultSubject, FaultyProvider, SubjectOptions } from './faultSubject';
import { faultyScriptivox } from './faultyScriptivox';
import { FolderWatcher } from '../templates/folderWatcher';

const RECORDING_BYTES = 20_000;
/** More than 10 MB, so that each has an execution of its own. */
const LONG_BYTES = 15_000_000;
const LONG_UPLOADS = 2;
const SLOWEST_MBIT = 8;
const ONE_IN_FAILS = 20;
const FAILURE = 'PROCESSING_ERROR';

/** The folder watcher under faults: each recording has to get one transcript or one note. */
export class WatcherUnderFaults implements FaultSubject {
	readonly kinds = FAULT_KINDS;

	private readonly contents = new Map<string, Buffer>();

	readonly provider: FaultyProvider;

	private constructor(private readonly watcher: FolderWatcher) {
		this.provider = faultyScriptivox(watcher.simulator);
	}

	static async start(options: SubjectOptions): Promise<WatcherUnderFaults> {
		const queue = await options.startQueue();
		const watcher = await FolderWatcher.start({
			within: queue,
			asItIs: options.asItIs,
			settings: { slowestMbitPerSecond: SLOWEST_MBIT },
			simulator: options.simulator,
		});
		return new WatcherUnderFaults(watcher);
	}

	async add(count: number, areLong: boolean): Promise<void> {
		for (let number = 0; number < count; number++) {
			await this.drop(areLong && number < LONG_UPLOADS ? LONG_BYTES : RECORDING_BYTES);
		}
	}

	private async drop(bytes: number): Promise<void> {
		const number = this.contents.size;
		const fails = number % ONE_IN_FAILS === ONE_IN_FAILS - 1;
		const name = `${number}${fails ? ` fail-${FAILURE}` : ''}.mp3`;
		this.contents.set(name, await this.watcher.drop(name, randomBytes(bytes)));
	}

	async left(): Promise<string[]> {
		const [waiting, hidden, rows] = [
			await this.watcher.waiting(),
			await this.watcher.hiddenTexts(),
			await this.watcher.rows(),
		];
		return [
			...waiting.map((name) => `in input: ${name}`),
			...hidden.map((name) => `temporary file: ${name}`),
			...rows
				.filter(({ state }) => !['done', 'failed'].includes(String(state)))
				.map(({ path, state, message }) => `row: ${JSON.stringify({ path, state, message })}`),
		];
	}

	async judged() {
		const { watcher } = this;
		const { jobs, paidJobs, duplicatesByContent } = watcher.simulator.scriptivox.statistics();
		const kept = [...(await readdir(watcher.done)), ...(await readdir(watcher.failed))].length;
		const found = { texts: await watcher.texts(), kept, jobs, paidJobs, duplicatesByContent };
		return { ...judged(this.contents, FAILURE, found), paidJobs };
	}

	async stop(): Promise<void> {
		await this.watcher.stop();
	}
}
