import { setTimeout as sleep } from 'node:timers/promises';

/** A process that can be started again. */
export interface Restartable {
	isRunning(): boolean;
	/** @throws Error where it did not start */
	start(): Promise<unknown>;
}

const LOOK_AGAIN_MS = 200;
const PAUSE_AFTER_FAILURE_MS = 1000;

/** Starts again what has ended, for whatever reason, as `restart: unless-stopped` does. */
export class RestartPolicy {
	private hasEnded = false;

	private readonly watching: Promise<unknown>;

	constructor(processes: Restartable[]) {
		this.watching = Promise.all(processes.map(async (each) => await this.watch(each)));
	}

	/** Starts nothing any more; waits for what is being started. */
	async end(): Promise<void> {
		this.hasEnded = true;
		await this.watching;
	}

	private async watch(restartable: Restartable): Promise<void> {
		while (!this.hasEnded) {
			if (!restartable.isRunning() && !(await hasStarted(restartable))) {
				await sleep(PAUSE_AFTER_FAILURE_MS);
			}
			await sleep(LOOK_AGAIN_MS);
		}
	}
}

async function hasStarted(restartable: Restartable): Promise<boolean> {
	try {
		await restartable.start();
		return true;
	} catch {
		return false;
	}
}
