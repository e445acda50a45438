// @ts-check
import { writeFile } from 'fs/promises';
import { removeFile } from './removeFile.js';

/**
 * Tries whether files can be moved out of folders: by a hidden file that is made and removed.
 *
 * @param {string[]} folders without a slash at their ends
 * @returns {Promise<string[]>} the reasons of those in which they cannot, in words
 */
export async function foldersThatRefuse(folders) {
	const refusals = [];
	for (const folder of folders) {
		const probe = `${folder}/.folder-watcher-${Date.now().toString(36)}`;
		try {
			await writeFile(probe, '', { flag: 'wx' });
			await removeFile(probe);
		} catch (error) {
			refusals.push(`${folder} cannot be changed: ${error.message}`);
		}
	}
	return refusals;
}
