/**
 * `npm start`: the folder watcher on a real n8n, with a simulated Scriptivox or, when
 * SCRIPTIVOX_API_KEY is set, the real one. Stays up until Ctrl-C; with --once it ends when each
 * sample has its transcript (exit code 0) or one has not (1).
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cleanup } from '../cleanup';
import { makeWatchedFolders, type WatchedFolders } from '../folder-watcher/folders';
import { installWatcher } from '../folder-watcher/install';
import { readStartOptions, requirePortsFree, type StartOptions } from '../folder-watcher/options';
import { Progress } from '../folder-watcher/progress';
import { dropSamples } from '../folder-watcher/samples';
import { startService } from '../folder-watcher/service';
import { N8nInstance } from '../n8n/instance';
import { packTarball } from '../pack';
import { workFolder } from '../paths';

const lookIntervalMs = 300;
const samplesTimeoutMinutes = 10;

/** Starts everything and follows the files. Returns the exit code; with `once` false, never. */
async function start(options: StartOptions, cleanup: Cleanup): Promise<number> {
	await requirePortsFree(options);
	const folders = await makeWatchedFolders();
	const pack = await packTarball();
	const service = await startService(options.simulatorPort);
	cleanup.add(service.stop);
	console.log(`Scriptivox: ${service.description}`);
	console.log('Starting n8n ...');
	const n8nFolder = join(workFolder, `n8n-${service.name}`);
	const publicUrl = process.env.WEBHOOK_URL;
	const n8n = await N8nInstance.start({
		folder: n8nFolder,
		pack,
		port: options.port,
		fileFolders: [folders.root],
		environment: publicUrl ? { WEBHOOK_URL: publicUrl } : {},
	});
	cleanup.add(async () => await n8n.stop());
	const progress = new Progress(n8n.client, folders.input, console.log);
	await progress.ignorePast();
	const workflowId = await installWatcher(n8n, n8nFolder, service, folders);
	console.log(`n8n is up at ${n8n.url} and looks into ${folders.input} every 10 s`);
	const problems = await followSamples(progress, await dropSamples(folders.input));
	for (const problem of problems) console.error(problem);
	if (!options.once) {
		printWayIn(n8n, workflowId, folders);
		await followForever(progress);
	}
	console.log(`Transcripts: ${folders.output}`);
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

function printWayIn(n8n: N8nInstance, workflowId: string, folders: WatchedFolders): void {
	const { email, password } = n8n.owner;
	console.log(`
Editor:   ${n8n.url}/workflow/${workflowId}
Login:    ${email} with the password ${password}
Folder:   ${folders.input} (drop recordings here)
Results:  ${folders.output}
Log:      ${n8n.logFile}
Stop:     Ctrl-C
`);
}

async function main(): Promise<void> {
	const cleanup = new Cleanup();
	const interrupted = async (exitCode: number) => {
		if (cleanup.hasBegun) return;
		console.log('Stopping ...');
		await cleanup.run();
		process.exit(exitCode);
	};
	try {
		const options = readStartOptions();
		// with --once an interrupted run has not reached its end; without, that is how it ends
		process.on('SIGINT', () => void interrupted(options.once ? 130 : 0));
		process.on('SIGTERM', () => void interrupted(options.once ? 143 : 0));
		process.exitCode = await start(options, cleanup);
	} catch (error) {
		// what breaks off while things are being ended is no news
		if (cleanup.hasBegun) return;
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
	await cleanup.run();
}

void main();
