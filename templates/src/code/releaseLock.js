// @ts-check
import { readFile } from 'fs/promises';
import { removeFile } from './removeFile.js';

/**
 * Gives a lock back, unless it has been passed on.
 *
 * @param {string} file
 * @param {string} owner
 */
export async function releaseLock(file, owner) {
	try {
		if ((await readFile(file, 'utf8')) === owner) await removeFile(file);
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
	}
}
