// @ts-check
import { leaseMs } from './leaseMs.js';

const LARGE_BYTES = 10 * 1024 ** 2;
const MOST_FILES = 50;
const LONGEST_UPLOAD_SECONDS = 90; // of a run of small files, on the slowest line

/**
 * Puts files together to runs: small ones go together, each large one alone, the oldest first.
 *
 * @param {FoundFile[]} files
 * @param {Record<string, any>} settings
 * @param {number} free how many uploads may begin
 * @param {number} room how many files the limit a minute has room for
 * @returns {Array<{ files: FoundFile[], parallel: number, leaseMs: number }>}
 */
export function newRuns(files, settings, free, room) {
	const oldest = [...files].sort((a, b) => a.changedMs - b.changedMs).slice(0, Math.max(0, room));
	const isLarge = ({ size }) => size > LARGE_BYTES;
	const [large, small] = [oldest.filter(isLarge), oldest.filter((file) => !isLarge(file))];
	const share = small.length === 0 ? free : oldest[0] === large[0] ? free / 2 + 0.5 : free / 2;
	const runs = large.slice(0, Math.floor(Math.max(0, share))).map((file) => runOf([file], 1));
	const parallel = Math.min(small.length, free - runs.length);
	if (parallel > 0) runs.push(runOf(fitting(small, parallel), parallel));
	return runs;

	function runOf(together, uploads) {
		const bytes = together.reduce((sum, { size }) => sum + size, 0);
		return { files: together, parallel: uploads, leaseMs: leaseMs(bytes, uploads, settings) };
	}

	function fitting(candidates, uploads) {
		const bytesASecond = (settings.slowestMbitPerSecond * 1e6) / 8;
		let left = LONGEST_UPLOAD_SECONDS * bytesASecond * uploads;
		const together = candidates.slice(0, MOST_FILES);
		const tooMany = together.findIndex(({ size }) => (left -= size) < 0);
		return tooMany < 0 ? together : together.slice(0, Math.max(1, tooMany));
	}
}
