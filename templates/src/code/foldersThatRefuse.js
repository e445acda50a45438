// @ts-check
import { writeFile } from 'fs/promises';
import { removeFile } from './removeFile.js';

/**
 * Tries whether files can be moved out of folders: by a hidden file that is made and removed. It has one
 * name, so that one that could not be removed is the only one, and goes with the next try.
 *
 * @param {string[]} folders without a slash at their ends
 * @returns {Promise<string[]>} the reasons of those in which they cannot, in words
 */
export async function foldersThatRefuse(folders) {
	const refusals = [];
	for (const folder of folders) {
		const probe = `${folder}/.folder-watcher-probe`;
		try {
			await writeFile(probe, '', { flag: 'wx' }).catch(unlessItIsThere);
			await removeFile(probe);
		} catch (error) {
			refusals.push(`${folder} cannot be changed: ${error.message}`);
		}
	}
	return refusals;
}

/** One that is left over, or another watcher's. What stands in its place is never written to. */
function unlessItIsThere(error) {
	if (error.code !== 'EEXIST') throw error;
}
