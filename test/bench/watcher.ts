import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSimulator } from '../../dev/simulator/server';
import type { FolderWatcher } from '../rig/templates/folderWatcher';
import type { Bench } from './bench';
import { median } from './bench';
import { runVendorScript } from './vendorScript';
import { fill, measured, type Outcome, type Simulated } from './watchedFiles';

const KILOBYTE = 1024;
const MEGABYTE = 1024 ** 2;
const MANY = 10_000;
const LIMIT = 60;
const PER_MINUTE = 50;
const LOOK_AGAIN_MS = 200;

/** The folder watcher, beside a stand-in for the vendor's script in the same run. */
export const watcher: Bench = {
	title: 'The folder watcher beside the vendor’s script, files that already lie still',
	parts: ['small', 'limited', 'large', 'interrupted', 'many'],
	async run(only) {
		const cases = { small, limited, large, interrupted, many };
		const lines: string[] = [];
		for (const [name, measure] of Object.entries(cases)) {
			if (only && name !== only) continue;
			for (const line of await measure()) {
				lines.push(line);
				console.log(`  … ${line}`);
			}
		}
		return lines;
	},
};

async function small(): Promise<string[]> {
	const files = 200;
	const bytes = 256 * KILOBYTE;
	const script = await scriptSeconds(files, bytes, 0, {});
	const lines = [`${files} files of 256 kB, script: ${script.toFixed(1)} s`];
	for (const lookSeconds of [10, 1, 60]) {
		const outcome = await measured({ files, bytes, lookSeconds, mostSeconds: 300 });
		lines.push(`  watcher, a look every ${lookSeconds} s: ${told(outcome, script)}`);
	}
	return lines;
}

async function limited(): Promise<string[]> {
	const files = 120;
	const bytes = 20 * KILOBYTE;
	const simulator = {
		rateLimits: {
			enabled: true,
			perAddress: 100_000,
			perKey: { 'POST /upload': LIMIT, 'POST /transcribe': LIMIT, 'GET /transcribe/{id}': 200 },
		},
	};
	const even = 60 * Math.floor((files - 1) / PER_MINUTE) + 1;
	const script = await scriptSeconds(files, bytes, PER_MINUTE, simulator);
	const settings = {
		uploadsPerMinute: PER_MINUTE,
		transcribesPerMinute: PER_MINUTE,
		pollsPerMinute: 150,
	};
	const outcome = await measured({ files, bytes, settings, simulator, mostSeconds: 300 });
	return [
		`${files} files at ${PER_MINUTE} a minute: even pacing ${even} s, script ${script.toFixed(1)} s`,
		`  watcher: ${told(outcome, even, outcome.sendingSeconds)}, answers with 429: ${outcome.refused}`,
	];
}

async function large(): Promise<string[]> {
	const outcome = await measured({
		files: 30,
		bytes: 20 * MEGABYTE,
		simulator: { uploads: { bytesPerSecond: 2_000_000 } },
		mostSeconds: 300,
	});
	const line = 3 * Math.ceil((20 * MEGABYTE) / 2_000_000);
	return [
		`30 files of 20 MB at 2 MB/s a connection: ten at a time need ${line} s`,
		`  watcher: ${told(outcome, line, outcome.sendingSeconds)}, uploads at once: ${outcome.peakUploads}`,
	];
}

async function interrupted(): Promise<string[]> {
	const files = 10;
	const slow = { uploads: { bytesPerSecond: 100_000 } };
	const afterwards: Array<[string, (watcher: FolderWatcher) => Promise<void>]> = [
		['n8n killed', async (each) => await each.crash()],
		['a run stopped', stopRuns],
	];
	const lines = [];
	for (const [what, interrupt] of afterwards) {
		const meanwhile = async (each: FolderWatcher) => {
			const { scriptivox } = each.simulator;
			while (scriptivox.statistics().uploads.created === 0) await sleep(LOOK_AGAIN_MS);
			scriptivox.configure({ uploads: { bytesPerSecond: null } });
			await interrupt(each);
		};
		const outcome = await measured({
			files,
			bytes: 10 * MEGABYTE,
			simulator: slow,
			meanwhile,
			mostSeconds: 300,
		});
		lines.push(
			`${what} while it sends ${files} files of 10 MB: all done ${outcome.sendingSeconds.toFixed(0)} s after, ${outcome.transcripts} transcripts, ${outcome.paid} paid`,
		);
	}
	return lines;
}

async function stopRuns({ n8n: { client }, workflowId }: FolderWatcher): Promise<void> {
	for (const { id, status } of await client.executions.newest(workflowId)) {
		if (status === 'running') await client.executions.stop(id);
	}
}

async function many(): Promise<string[]> {
	const outcome = await measured({ files: MANY, bytes: 32 * KILOBYTE, mostSeconds: 1800 });
	const quarter = Math.floor(outcome.memory.length / 4);
	const [second, last] = [1, 3].map((at) =>
		median(outcome.memory.slice(at * quarter, (at + 1) * quarter)),
	);
	return [
		`${MANY} files of 32 kB: ${told(outcome, MANY / 15)} of what 15 a second need`,
		`  memory of n8n: last quarter ${last!.toFixed(0)} MB, second ${second!.toFixed(0)} MB (${(last! / second!).toFixed(2)})`,
	];
}

function told(outcome: Outcome, peer: number, seconds = outcome.seconds): string {
	const { transcripts, paid, sendingSeconds } = outcome;
	return `${transcripts} transcripts, ${paid} paid, last after ${seconds.toFixed(1)} s (${(seconds / peer).toFixed(2)} times), ${(transcripts / sendingSeconds).toFixed(1)} a second once sent`;
}

async function scriptSeconds(
	files: number,
	bytes: number,
	perMinute: number,
	simulator: Simulated,
): Promise<number> {
	const root = await mkdtemp(join(tmpdir(), 'vendor-script-'));
	const service = await startSimulator({
		scriptivox: { rateLimits: { enabled: false }, balanceCents: 100_000_000, ...simulator },
	});
	try {
		const [input, output, done] = ['input', 'output', 'done'].map((name) => join(root, name));
		for (const folder of [input!, output!, done!]) await mkdir(folder);
		await fill(input!, files, bytes);
		const started = Date.now();
		const { baseUrl, apiKey } = service.scriptivox;
		await runVendorScript(
			{ baseUrl, apiKey, perMinute, input: input!, output: output!, done: done! },
			async () => (await readdir(input!)).length === 0,
		);
		return (Date.now() - started) / 1000;
	} finally {
		await service.stop();
		await rm(root, { recursive: true, force: true });
	}
}
