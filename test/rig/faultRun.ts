import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	type FaultKind,
	type FaultSchedule,
	faultSchedule,
	type PlannedFault,
} from './faultSchedule';
import { type Found, judged } from './faultFindings';
import { FolderWatcher } from './folderWatcher';
import { QueueMode } from './queueMode';
import { RestartPolicy } from './restartPolicy';
import { SmallDisk } from './smallDisk';

const RECORDING_BYTES = 20_000;
/** More than 10 MB, so that each has an execution of its own. */
const LONG_BYTES = 15_000_000;
const LONG_UPLOADS = 2;
const SLOW_BYTES_A_SECOND = 1_000_000;
const SLOWEST_MBIT = 8;
/** A worker may end its uploads, as the compose file's `stop_grace_period` allows. */
const GRACE_SECONDS = 120;
const ONE_IN_FAILS = 20;
const FAILURE = 'PROCESSING_ERROR';
const DROPPED_SHARE = 0.2;
const LOOK_AGAIN_MS = 500;
const RUNNING_SECONDS = 240;
const SAY_EVERY_MS = 30_000;
/** For how long n8n leaves a workflow's triggers to a main process that was killed while it set them up. */
const SHORTER_WAITS = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '15' };

export interface FaultRunOptions {
	seed: number;
	/** How many recordings. */
	files: number;
	/** Whether the template and n8n keep their own waits, which the suite shortens. */
	asItIs: boolean;
	/** Within how many seconds of the last fault every recording has to be through. */
	mostSeconds: number;
	/** Is told what happens as it happens. */
	say(line: string): void;
}

/** What came of the faults of one seed. */
export interface FaultOutcome {
	seed: number;
	/** In the order in which they happened. */
	faults: FaultKind[];
	/** What could not be done on this machine. */
	leftOut: FaultKind[];
	files: number;
	transcripts: number;
	notes: number;
	/** As the simulator counts them. */
	paidJobs: number;
	/** From the last fault until every recording was through. */
	secondsAfter: number;
	/** What does not hold; empty when everything does. */
	problems: string[];
}

/**
 * Lets the faults of a seed happen to the folder watcher in n8n's queue mode, with processes that are
 * restarted as docker-compose.queue.yml has it, and looks at what is left.
 *
 * @throws Error where n8n's queue mode cannot be started
 */
export async function runFaults(options: FaultRunOptions): Promise<FaultOutcome> {
	const queue = await QueueMode.start(options.asItIs ? {} : { environment: SHORTER_WAITS });
	const disk = await SmallDisk.mount(join(queue.files, 'output'));
	const schedule = faultSchedule(options.seed, options.files);
	const run = new FaultRun(queue, disk, schedule, options);
	try {
		return await run.outcome();
	} finally {
		await run.end();
		await disk?.unmount();
		await queue.stop();
	}
}

class FaultRun {
	private readonly contents = new Map<string, Buffer>();

	private readonly restarts: RestartPolicy;

	private watcher: FolderWatcher | undefined;

	constructor(
		private readonly queue: QueueMode,
		private readonly disk: SmallDisk | undefined,
		private readonly schedule: FaultSchedule,
		private readonly options: FaultRunOptions,
	) {
		const { main, workers, webhooks } = queue;
		this.restarts = new RestartPolicy([
			{ isRunning: () => main.pid !== undefined, start: () => main.resume() },
			...[...workers, ...webhooks].map((each) => ({
				isRunning: () => each.isRunning,
				start: () => each.start(),
			})),
		]);
	}

	async outcome(): Promise<FaultOutcome> {
		const { queue, options, schedule } = this;
		const { seed, files, asItIs, mostSeconds } = options;
		const watcher = await FolderWatcher.start({
			within: { n8n: queue.main, root: queue.root, url: queue.url },
			asItIs,
			settings: { slowestMbitPerSecond: SLOWEST_MBIT },
			simulator: {
				rateLimits: { enabled: false },
				stages: { processingSeconds: 3 },
				webhooks: { droppedShare: DROPPED_SHARE, seed },
			},
		});
		this.watcher = watcher;
		for (const reply of schedule.replies) watcher.simulator.scriptivox.fail(reply);
		const happened: FaultKind[] = [];
		const leftOut: FaultKind[] = [];
		for (const fault of schedule.faults) {
			const did = await this.meet(fault);
			(did ? happened : leftOut).push(fault.kind);
			options.say(`${fault.kind}${did ? '' : ': left out, as nothing can be mounted here'}`);
			await sleep(fault.pauseSeconds * 1000);
		}
		const last = Date.now() - schedule.faults.at(-1)!.pauseSeconds * 1000;
		const left = await this.untilThrough(last + mostSeconds * 1000);
		const secondsAfter = Math.round((Date.now() - last) / 1000);
		const found = await this.found();
		const { transcripts, notes, problems } = judged(this.contents, FAILURE, found);
		return {
			seed,
			faults: happened,
			leftOut,
			files,
			transcripts,
			notes,
			paidJobs: found.paidJobs,
			secondsAfter,
			problems: [...left, ...problems],
		};
	}

	async end(): Promise<void> {
		await this.restarts.end();
		await this.watcher?.stop();
	}

	/** Drops recordings and lets a fault happen; false where it cannot happen here. */
	private async meet(fault: PlannedFault): Promise<boolean> {
		const { uploads } = this.watcher!.simulator.scriptivox.statistics();
		const areLong = fault.kind === 'worker stopped during long uploads';
		if (areLong) this.slowDown(SLOW_BYTES_A_SECOND);
		for (let number = 0; number < fault.files; number++) {
			await this.drop(areLong && number < LONG_UPLOADS ? LONG_BYTES : RECORDING_BYTES);
		}
		await sleep(fault.delaySeconds * 1000);
		const { queue, watcher, schedule, disk } = this;
		const { scriptivox } = watcher!.simulator;
		const { seconds } = fault;
		switch (fault.kind) {
			case 'worker killed':
				await this.whenRunning(queue.workers[fault.process]!, (each) => each.kill());
				return true;
			case 'webhook process killed':
				await this.whenRunning(queue.webhooks[fault.process]!, (each) => each.kill());
				return true;
			case 'main killed':
				await this.until('main runs', () => queue.main.pid !== undefined);
				await queue.main.kill();
				return true;
			case 'PostgreSQL killed':
				await queue.postgres.kill();
				await queue.postgres.resume();
				return true;
			case 'Redis away for 4 s':
			case 'Redis away for 20 s':
				await queue.redis.pause();
				await sleep(seconds * 1000);
				await queue.redis.resume();
				return true;
			case 'worker stopped during long uploads':
				await this.stopWorker(fault, uploads.created);
				return true;
			case 'disk full':
				if (!disk) return false;
				await disk.fill();
				await sleep(seconds * 1000);
				await disk.free();
				return true;
			case 'clock of the signatures wrong':
				scriptivox.configure({
					webhooks: { clockOffsetSeconds: schedule.clockOffsetSeconds },
				});
				await sleep(seconds * 1000);
				scriptivox.configure({ webhooks: { clockOffsetSeconds: 0 } });
				return true;
		}
	}

	private async drop(bytes: number): Promise<void> {
		const number = this.contents.size;
		const fails = number % ONE_IN_FAILS === ONE_IN_FAILS - 1;
		const name = `${number}${fails ? ` fail-${FAILURE}` : ''}.mp3`;
		this.contents.set(name, await this.watcher!.drop(name, randomBytes(bytes)));
	}

	private slowDown(bytesPerSecond: number | null): void {
		this.watcher!.simulator.scriptivox.configure({ uploads: { bytesPerSecond } });
	}

	private async stopWorker({ process }: PlannedFault, uploadsBefore: number): Promise<void> {
		const { scriptivox } = this.watcher!.simulator;
		await this.until('uploads are under way', () => {
			const { created, stored } = scriptivox.statistics().uploads;
			return created > uploadsBefore && created > stored;
		});
		await this.whenRunning(this.queue.workers[process]!, (each) => each.stop(GRACE_SECONDS));
		this.slowDown(null);
	}

	private async whenRunning<T extends { isRunning: boolean }>(
		process: T,
		act: (process: T) => Promise<void>,
	): Promise<void> {
		await this.until('the process runs', () => process.isRunning);
		await act(process);
	}

	private async until(what: string, holds: () => boolean): Promise<void> {
		const deadline = Date.now() + RUNNING_SECONDS * 1000;
		while (!holds()) {
			if (Date.now() > deadline) throw new Error(`${what}: not so.`);
			await sleep(LOOK_AGAIN_MS);
		}
	}

	/** What is left over at the deadline; nothing when all are through before. */
	private async untilThrough(deadline: number): Promise<string[]> {
		for (let said = Date.now(); ;) {
			const left = await this.leftOver();
			if (left.length === 0 || Date.now() > deadline) return left;
			if (Date.now() - said > SAY_EVERY_MS) {
				said = Date.now();
				this.options.say(`${left.length} left, such as ${left.at(-1)}`);
			}
			await sleep(LOOK_AGAIN_MS);
		}
	}

	private async leftOver(): Promise<string[]> {
		const watcher = this.watcher!;
		try {
			const [waiting, hidden, rows] = [
				await watcher.waiting(),
				await watcher.hiddenTexts(),
				await watcher.rows(),
			];
			return [
				...waiting.map((name) => `in input: ${name}`),
				...hidden.map((name) => `temporary file: ${name}`),
				...rows
					.filter(({ state }) => !['done', 'failed'].includes(String(state)))
					.map(({ path, state, message }) => `row: ${JSON.stringify({ path, state, message })}`),
			];
		} catch (error) {
			return [`n8n does not answer: ${error instanceof Error ? error.message : String(error)}`];
		}
	}

	private async found(): Promise<Found> {
		const watcher = this.watcher!;
		const { jobs, paidJobs, duplicatesByContent } = watcher.simulator.scriptivox.statistics();
		const kept = [...(await readdir(watcher.done)), ...(await readdir(watcher.failed))].length;
		return { texts: await watcher.texts(), kept, jobs, paidJobs, duplicatesByContent };
	}
}
