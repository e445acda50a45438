import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lookUntil } from '../../../dev/lookUntil';
import { until } from '../basics/until';
import {
	type FaultKind,
	type FaultSchedule,
	faultSchedule,
	type PlannedFault,
} from './faultSchedule';
import type { FaultSubject, StartSubject } from './faultSubject';
import { QueueMode } from '../queue/queueMode';
import { RestartPolicy } from './restartPolicy';
import { SmallDisk } from './smallDisk';

const SLOW_BYTES_A_SECOND = 1_000_000;
/** A worker may end its uploads, as the compose file's `stop_grace_period` allows. */
const GRACE_SECONDS = 120;
const DROPPED_SHARE = 0.2;
/** Longer than a lease of Google Drive: until it is over, nothing may be sent. */
const RUNNING_SECONDS = 480;
const SAY_EVERY_MS = 30_000;
/** For how long n8n leaves a workflow's triggers to a main process that was killed while it set them up. */
const SHORTER_WAITS = { N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '15' };

export interface FaultRunOptions {
	/** What the faults happen to. */
	subject: StartSubject;
	seed: number;
	/** How many recordings. */
	files: number;
	/** Whether the subject and n8n keep their own waits, which the suite shortens. */
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
	/** See Judgement. */
	retried?: number;
	/** See Judgement. */
	reasons?: string[];
	/** See Judgement. */
	readByGet?: number;
	/** As the simulator counts them. */
	paidJobs: number;
	/** From the last fault until every recording was through. */
	secondsAfter: number;
	/** What does not hold; empty when everything does. */
	problems: string[];
}

/**
 * Lets the faults of a seed happen to a subject in n8n's queue mode, with processes that are restarted as docker-compose.queue.yml has it, and looks at what is left.
 *
 * @throws Error where n8n's queue mode cannot be started
 */
export async function runFaults(options: FaultRunOptions): Promise<FaultOutcome> {
	const { seed, files, asItIs } = options;
	const stage = new Stage(asItIs ? {} : SHORTER_WAITS);
	let subject: FaultSubject | undefined;
	try {
		subject = await options.subject({
			files,
			asItIs,
			simulator: {
				rateLimits: { enabled: false },
				stages: { processingSeconds: 3 },
				webhooks: { droppedShare: DROPPED_SHARE, seed },
			},
			startQueue: async (environment) => await stage.start(environment),
		});
		return await new FaultRun(stage.queue!, stage.disk, subject, options).outcome();
	} finally {
		await stage.endRestarts();
		try {
			await subject?.stop();
		} finally {
			await stage.end();
		}
	}
}

/** What the faults happen to: the processes, what starts them again, the disk of the output folder. */
class Stage {
	queue: QueueMode | undefined;

	disk: SmallDisk | undefined;

	private restarts: RestartPolicy | undefined;

	constructor(private readonly environment: Record<string, string>) {}

	async start(more: Record<string, string> = {}): Promise<QueueMode> {
		this.queue = await QueueMode.start({ environment: { ...this.environment, ...more } });
		this.disk = await SmallDisk.mount(join(this.queue.files, 'output'));
		this.restarts = restartsOf(this.queue);
		return this.queue;
	}

	async endRestarts(): Promise<void> {
		await this.restarts?.end();
	}

	async end(): Promise<void> {
		await this.disk?.unmount();
		await this.queue?.stop();
	}
}

/** Starts each process again that ends, as docker-compose.queue.yml has it. */
function restartsOf({ main, workers, webhooks }: QueueMode): RestartPolicy {
	return new RestartPolicy([
		{ isRunning: () => main.pid !== undefined, start: () => main.resume() },
		...[...workers, ...webhooks].map((each) => ({
			isRunning: () => each.isRunning,
			start: () => each.start(),
		})),
	]);
}

class FaultRun {
	private readonly schedule: FaultSchedule;

	constructor(
		private readonly queue: QueueMode,
		private readonly disk: SmallDisk | undefined,
		private readonly subject: FaultSubject,
		private readonly options: FaultRunOptions,
	) {
		const { provider, kinds } = subject;
		this.schedule = faultSchedule(options.seed, options.files, provider.calls, kinds);
	}

	async outcome(): Promise<FaultOutcome> {
		const { options, schedule, subject } = this;
		const { seed, files, mostSeconds } = options;
		for (const reply of schedule.replies) subject.provider.fail(reply);
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
		const { problems, ...judgement } = await subject.judged();
		return {
			seed,
			faults: happened,
			leftOut,
			files,
			...judgement,
			secondsAfter,
			problems: [...left, ...problems],
		};
	}

	/** Gives more work and lets a fault happen; false where it cannot happen here. */
	private async meet(fault: PlannedFault): Promise<boolean> {
		const { queue, subject, schedule, disk } = this;
		const { provider } = subject;
		const { begun } = provider.uploads();
		const areLong = fault.kind === 'worker stopped during long uploads';
		if (areLong) provider.slowDown(SLOW_BYTES_A_SECOND);
		await subject.add(fault.files, areLong);
		await sleep(fault.delaySeconds * 1000);
		const { seconds } = fault;
		switch (fault.kind) {
			case 'worker killed':
				await this.whenRunning(queue.workers[fault.process]!, (each) => each.kill());
				return true;
			case 'webhook process killed':
				await this.whenRunning(queue.webhooks[fault.process]!, (each) => each.kill());
				return true;
			case 'main killed':
				await until('main runs', () => queue.main.pid !== undefined, RUNNING_SECONDS);
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
				await this.stopWorker(fault, begun);
				return true;
			case 'disk full':
				if (!disk) return false;
				await disk.fill();
				await sleep(seconds * 1000);
				await disk.free();
				return true;
			case 'clock of the signatures wrong':
				provider.setClock(schedule.clockOffsetSeconds);
				await sleep(seconds * 1000);
				provider.setClock(0);
				return true;
		}
	}

	private async stopWorker({ process }: PlannedFault, begunBefore: number): Promise<void> {
		const { provider } = this.subject;
		const areUnderWay = () => {
			const { begun, ended } = provider.uploads();
			return begun > begunBefore && begun > ended;
		};
		await until('uploads are under way', areUnderWay, RUNNING_SECONDS);
		await this.whenRunning(this.queue.workers[process]!, (each) => each.stop(GRACE_SECONDS));
		provider.slowDown(null);
	}

	private async whenRunning<T extends { isRunning: boolean }>(
		process: T,
		act: (process: T) => Promise<void>,
	): Promise<void> {
		await until('the process runs', () => process.isRunning, RUNNING_SECONDS);
		await act(process);
	}

	/** What is left over at the deadline; nothing when all are through before. */
	private async untilThrough(deadline: number): Promise<string[]> {
		let left: string[] = [];
		let said = Date.now();
		await lookUntil((deadline - Date.now()) / 1000, async () => {
			left = await this.leftOver();
			if (left.length > 0 && Date.now() - said > SAY_EVERY_MS) {
				said = Date.now();
				this.options.say(`${left.length} left, such as ${left.at(-1)}`);
			}
			return left.length === 0 || undefined;
		});
		return left;
	}

	private async leftOver(): Promise<string[]> {
		try {
			return await this.subject.left();
		} catch (error) {
			return [`n8n does not answer: ${error instanceof Error ? error.message : String(error)}`];
		}
	}
}
