/**
 * `npm start`: the folder watcher on a real n8n, with a simulated Scriptivox or, when
 * SCRIPTIVOX_API_KEY is set, the real one. Stays up until Ctrl-C; with --once it ends when each
 * sample has its transcript (exit code 0) or one has not (1).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cleanup } from '../cleanup';
import { readStartOptions, type StartOptions } from '../folder-watcher/options';
import type { Progress } from '../folder-watcher/progress';
import { printWayIn, startWatcher } from '../folder-watcher/run';
import { dropSamples } from '../folder-watcher/samples';
import { runTask } from '../task';
import { runProgram } from '../program';

const lookIntervalMs = 300;
const samplesTimeoutMinutes = 10;

/** Starts everything and follows the files. Returns the exit code; without --once, never. */
async function start(options: StartOptions, cleanup: Cleanup): Promise<number> {
	const watcher = await startWatcher(options, cleanup);
	const samples = await dropSamples(watcher.folders.input);
	const problems = await followSamples(watcher.progress, samples);
	for (const problem of problems) console.error(problem);
	if (!options.once) {
		printWayIn(watcher);
		await followForever(watcher.progress);
	}
	console.log(`Transcripts: ${watcher.folders.output}`);
	return problems.length === 0 ? 0 : 1;
}

/** Tells what happens until each sample has ended; returns what went wrong, a line for each. */
async function followSamples(progress: Progress, samples: string[]): Promise<string[]> {
	const deadline = Date.now() + samplesTimeoutMinutes * 60_000;
	const underWay = () => samples.filter((sample) => progress.endingOf(sample) === undefined);
	await progress.look();
	while (underWay().length > 0 && Date.now() < deadline) {
		await sleep(lookIntervalMs);
		await progress.look();
	}
	return samples.flatMap((sample) => {
		const ending = progress.endingOf(sample);
		if (ending === undefined) {
			return [`${sample} has no transcript after ${samplesTimeoutMinutes} minutes.`];
		}
		return ending.succeeded ? [] : [`${sample} has no transcript: ${ending.reason}`];
	});
}

async function followForever(progress: Progress): Promise<never> {
	for (;;) {
		await sleep(lookIntervalMs);
		await progress.look();
	}
}

async function main(): Promise<void> {
	const options = readStartOptions();
	// with --once an interrupted run has not reached its end; without, that is how it ends
	const interruptCodes = options.once ? { SIGINT: 130, SIGTERM: 143 } : { SIGINT: 0, SIGTERM: 0 };
	await runTask(async (cleanup) => await start(options, cleanup), interruptCodes);
}

runProgram(main);
