// @ts-check
import { lstat } from 'fs/promises';

/**
 * A file's stats, exact to the nanosecond; null where there is none.
 *
 * @param {string} path
 */
export async function statsOf(path) {
	try {
		return await lstat(path, { bigint: true });
	} catch (error) {
		if (error.code === 'ENOENT') return null;
		throw error;
	}
}
