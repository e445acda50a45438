// @ts-check
import { unlink } from 'fs/promises';

/**
 * Removes a file, where it is there.
 *
 * @param {string} path
 */
export async function removeFile(path) {
	try {
		await unlink(path);
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
	}
}
