import { randomBytes } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScriptivoxSettings } from '../../dev/simulator/scriptivox/settings';
import type { PartialSettings } from '../../dev/simulator/shared/settings';
import type { Settings } from '../../dev/templates/template';
import { FolderWatcher, type FolderWatcherOptions } from '../rig/templates/folderWatcher';
import { residentMegabytes } from '../rig/measuring/residentMemory';

const LOOK_AGAIN_MS = 200;
/** In Settings of the workflow: as fast as it goes. */
const NO_LIMITS = { uploadsPerMinute: 0, transcribesPerMinute: 0, pollsPerMinute: 0 };

export type Simulated = PartialSettings<ScriptivoxSettings>;

/** What is measured, and the longest that it may take. */
export interface Case {
	files: number;
	bytes: number;
	lookSeconds?: number;
	settings?: Settings;
	simulator?: Simulated;
	mostSeconds: number;
	/** See FolderWatcherOptions. */
	within?: FolderWatcherOptions['within'];
	/** Further environment variables of n8n. */
	environment?: Record<string, string>;
	/** Happens while the files go through. */
	meanwhile?(watcher: FolderWatcher): Promise<void>;
}

/** What came of it. */
export interface Outcome {
	/** From the publishing to the last transcript. */
	seconds: number;
	/** From the first upload to the last transcript. */
	sendingSeconds: number;
	transcripts: number;
	paid: number;
	refused: number;
	peakUploads: number;
	/** Of n8n, in megabytes, one every second. */
	memory: number[];
}

/** Publishes the template as it is, with files in its folder, and waits for the last transcript. */
export async function measured(given: Case): Promise<Outcome> {
	const { files, bytes, lookSeconds = 10, mostSeconds } = given;
	const each = await FolderWatcher.start({
		template: 'folder-watcher-polling',
		asItIs: true,
		lookSeconds,
		settings: { settleSeconds: 1, ...NO_LIMITS, ...given.settings },
		simulator: { balanceCents: 100_000_000, ...given.simulator },
		within: given.within,
		environment: given.environment,
		beforePublishing: async (input) => await fill(input, files, bytes),
	});
	try {
		const published = Date.now();
		const { scriptivox } = each.simulator;
		const memory: number[] = [];
		let firstUpload = 0;
		const meanwhile = given.meanwhile?.(each);
		for (;;) {
			const now = Date.now();
			const { uploads } = scriptivox.statistics();
			if (!firstUpload && uploads.created > 0) firstUpload = now;
			if (memory.length < (now - published) / 1000)
				memory.push(await residentMegabytes(each.n8n.pid));
			const isOver = (await readdir(each.input)).length === 0;
			if (isOver || now - published > mostSeconds * 1000) break;
			await sleep(LOOK_AGAIN_MS);
		}
		await meanwhile;
		const ended = Date.now();
		const { paidJobs, rateLimited, peakParallelUploads } = scriptivox.statistics();
		return {
			seconds: (ended - published) / 1000,
			sendingSeconds: (ended - (firstUpload || published)) / 1000,
			transcripts: Object.keys(await each.texts()).length,
			paid: paidJobs,
			refused: rateLimited,
			peakUploads: peakParallelUploads,
			memory,
		};
	} finally {
		await each.stop();
	}
}

/** Puts recordings into a folder, and waits until they have lain still for a second. */
export async function fill(folder: string, files: number, bytes: number): Promise<void> {
	for (let number = 0; number < files; number++) {
		await writeFile(join(folder, `${number}.mp3`), randomBytes(bytes));
	}
	await sleep(1500);
}
