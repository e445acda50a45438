// @ts-check
import { lstat } from 'fs/promises';
import { versionOf } from './versionOf.js';

/**
 * Why a file that was read is not to be sent: it must be what two looks saw, as one that was written to
 * since is a new one.
 *
 * @param {{ path: string, version: string }} row
 * @param {string | undefined} contentHash of what was read
 * @param {string | undefined} readError why it could not be read
 * @returns {Promise<{ code: string, error: string } | undefined>} undefined where it may be sent
 */
export async function refusalOf(row, contentHash, readError) {
	const refused = (code, error) => ({ code, error });
	let stats;
	try {
		stats = await lstat(row.path, { bigint: true });
	} catch (error) {
		if (error.code !== 'ENOENT') return refused('FILE_NOT_READABLE', error.message);
		return refused('FILE_GONE', 'The file left the input folder before it could be sent.');
	}
	if (versionOf(stats) !== row.version) {
		return refused('FILE_CHANGED', 'The file was written to after it was found.');
	}
	if (stats.size === 0n) return refused('FILE_EMPTY', 'The file is empty.');
	if (contentHash === undefined) {
		return refused('FILE_NOT_READABLE', String(readError ?? 'Its content could not be read.'));
	}
	return undefined;
}
