import { Cleanup } from './cleanup';

export interface InterruptCodes {
	/** Exit codes after Ctrl-C and after a polite request to end. */
	SIGINT: number;
	SIGTERM: number;
}

/**
 * Runs a task that starts things and ends what it started: at its end, on an error, on Ctrl-C.
 *
 * @param task receives where to note what has to be ended; returns the exit code
 * @param interruptCodes exit codes of a task that is interrupted
 */
export async function runTask(
	task: (cleanup: Cleanup) => Promise<number>,
	interruptCodes: InterruptCodes,
): Promise<void> {
	const cleanup = new Cleanup();
	const interrupted = async (signal: keyof InterruptCodes) => {
		if (cleanup.hasBegun) return;
		console.log('Stopping ...');
		await cleanup.run();
		process.exit(interruptCodes[signal]);
	};
	process.on('SIGINT', () => void interrupted('SIGINT'));
	process.on('SIGTERM', () => void interrupted('SIGTERM'));
	try {
		process.exitCode = await task(cleanup);
	} catch (error) {
		// what breaks off while things are being ended is no news
		if (cleanup.hasBegun) return;
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
	await cleanup.run();
}
