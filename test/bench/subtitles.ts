import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectFolder, workFolder } from '../../dev/paths';
import type { Transcript } from '../../nodes/shared/transcript/transcript';
import type { WRITERS } from '../../nodes/Transcript/files';
import type { Bench } from './bench';
import { median } from './bench';

const SEGMENTS = 30_000;
const WORDS_IN_SEGMENT = 12;
const ROUNDS = 5;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MEGABYTE = 1024 ** 2;
const VOCABULARY = 'the quick brown fox jumps over a lazy dog while nobody looks'.split(' ');
const SETTINGS = {
	charactersPerLine: 42,
	linesPerCue: 2,
	longestCueSeconds: 7,
	shortestCueSeconds: 0.8,
	charactersPerSecond: 17,
	speakers: true,
	timestamps: false,
};

/** A long recording with a time for each word, as subtitles. */
export const subtitles: Bench = {
	title: `To File: subtitles of ${SEGMENTS} segments with ${WORDS_IN_SEGMENT} words each`,
	async run() {
		const writers = await packedWriters();
		const transcript = longTranscript();
		const plain = medianOf(() => JSON.stringify(transcript));
		const lines = [`JSON.stringify of the same transcript: ${plain.seconds.toFixed(2)} s`];
		for (const format of ['srt', 'vtt'] as const) {
			const { seconds, megabytes } = medianOf(() => writers[format](transcript, SETTINGS));
			const ratio = (seconds / plain.seconds).toFixed(1);
			lines.push(
				`${format}: ${seconds.toFixed(2)} s (${ratio} times), ${megabytes.toFixed(0)} MB more memory`,
			);
		}
		return lines;
	},
};

/** What writes files, compiled as the pack is: what runs TypeScript here makes it slower. */
async function packedWriters(): Promise<typeof WRITERS> {
	const outfile = join(workFolder, 'writers.cjs');
	await build({
		entryPoints: [join(projectFolder, 'nodes', 'Transcript', 'files.ts')],
		outfile,
		bundle: true,
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		target: 'es2022',
	});
	const { WRITERS: writers } = (await import(outfile)) as { WRITERS: typeof WRITERS };
	return writers;
}

/** How long a work takes, and what the process has grown by at the end of it at most. */
function medianOf(work: () => unknown): { seconds: number; megabytes: number } {
	const seconds: number[] = [];
	collectGarbage();
	const before = process.memoryUsage().rss;
	let grown = 0;
	for (let round = 0; round < ROUNDS; round++) {
		collectGarbage();
		const started = performance.now();
		work();
		seconds.push((performance.now() - started) / 1000);
		grown = Math.max(grown, process.memoryUsage().rss - before);
	}
	return { seconds: median(seconds), megabytes: grown / MEGABYTE };
}

function longTranscript(): Transcript {
	let time = 0;
	const segments = Array.from({ length: SEGMENTS }, (_, at) => {
		const start = time;
		const words = Array.from({ length: WORDS_IN_SEGMENT }, (_, number) => {
			const text = VOCABULARY[(at * 7 + number * 3) % VOCABULARY.length]!;
			time += 0.28;
			return { start: time - 0.28, end: time - 0.03, text, confidence: 0.9 };
		});
		const text = `${words.map((word) => word.text).join(' ')}.`;
		return { start, end: time, speaker: `SPEAKER ${at % 3}`, text, words };
	});
	return {
		provider: 'scriptivox',
		id: null,
		status: 'completed',
		text: segments.map(({ text }) => text).join(' '),
		language: 'en',
		durationSeconds: time,
		speechDetected: true,
		speakers: ['SPEAKER 0', 'SPEAKER 1', 'SPEAKER 2'],
		segments,
		error: null,
		fileName: null,
	};
}
