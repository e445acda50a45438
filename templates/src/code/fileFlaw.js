// @ts-check
import { lstat } from 'fs/promises';
import { countedTrouble } from './countedTrouble.js';
import { versionOf } from './versionOf.js';
import { withoutItemNumber } from './withoutItemNumber.js';

/**
 * What is wrong with a file that was read: what it becomes, in place of being sent.
 *
 * @param {WatchedRow} row
 * @param {any} read what the step that read it gave
 * @param {any} hash what the step gave that made a sum of it
 * @param {number} now in milliseconds since 1970
 * @returns {Promise<Partial<WatchedRow> | undefined>} undefined where nothing is wrong
 */
export async function fileFlaw(row, read, hash, now) {
	const refused = (message) => ({ state: 'refused', message, owner: '', until: now });
	let stats;
	try {
		stats = await lstat(row.path, { bigint: true });
	} catch (error) {
		if (error.code === 'ENOENT') {
			return refused('FILE_GONE: The file left the input folder before it could be sent.');
		}
		return unreadable(error.message);
	}
	// it goes with its old row, and the next look finds it as a new file
	if (versionOf(stats) !== row.version) return { state: 'failed', owner: row.owner };
	if (stats.size === 0n) return refused('FILE_EMPTY: The file is empty.');
	if (hash?.contentHash) return undefined;
	return unreadable(read?.error ?? hash?.error ?? 'Its content could not be read.');

	function unreadable(reason) {
		return countedTrouble(row, `FILE_NOT_READABLE: ${withoutItemNumber(reason)}`, now);
	}
}
