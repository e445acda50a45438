import { EARLIER_ENGINE } from '../rig/n8n/n8n';
import { QueueMode } from '../rig/queue/queueMode';
import type { Bench } from './bench';
import { type Case, measured, type Outcome } from './watchedFiles';

const FILES = 200;
const BYTES = 256 * 1024;
const MEGABYTES_OF_LARGE = 20;
const LARGE = 40;
const MEGABYTES_A_SECOND = 2;
const MOST_SECONDS = 400;
const WORKERS = [1, 2];

const small: Case = { files: FILES, bytes: BYTES, mostSeconds: MOST_SECONDS };

/** Takes the line for each file, and hardly a CPU. */
const large: Case = {
	files: LARGE,
	bytes: MEGABYTES_OF_LARGE * 1024 ** 2,
	simulator: { uploads: { bytesPerSecond: MEGABYTES_A_SECOND * 1_000_000 } },
	settings: { maxParallel: 20 },
	mostSeconds: MOST_SECONDS,
};

/** The folder watcher on one n8n, on both of its expression engines, and in queue mode on one worker and on two. */
export const workers: Bench = {
	title: `The folder watcher on one n8n, on both expression engines, and in queue mode on ${WORKERS.join(' and ')} workers`,
	parts: ['small', 'large'],
	async run(only) {
		const cases = { small, large };
		const lines: string[] = [];
		for (const [name, given] of Object.entries(cases)) {
			if (only && name !== only) continue;
			lines.push(`${given.files} files of ${Math.round(given.bytes / 1024)} kB`);
			lines.push(`  one n8n: ${told(await measured(given))}`);
			const earlier = await measured({ ...given, environment: EARLIER_ENGINE });
			lines.push(`  one n8n, its earlier expression engine: ${told(earlier)}`);
			for (const count of WORKERS) {
				lines.push(`  queue mode, workers: ${count}: ${told(await onWorkers(count, given))}`);
			}
		}
		return lines;
	},
};

async function onWorkers(count: number, given: Case): Promise<Outcome> {
	const queue = await QueueMode.start({ workers: count, webhooks: 1 });
	try {
		return await measured({ ...given, within: queue });
	} finally {
		await queue.stop();
	}
}

function told({ transcripts, paid, seconds, sendingSeconds, peakUploads }: Outcome): string {
	return `${transcripts} transcripts, ${paid} paid, last after ${seconds.toFixed(1)} s, ${(transcripts / sendingSeconds).toFixed(1)} a second once sent, ${peakUploads} uploads at once`;
}
