// @ts-check
import { mkdir } from 'fs/promises';

/**
 * Makes a folder under the first free name. It is new or it is not taken: two runs never share one, so
 * nothing is ever overwritten.
 *
 * @param {string} root the folder that it is made in, which is made too where it is not there
 * @param {string} stem what it is called, with a number behind it where that is taken
 * @returns {Promise<string>} its path
 */
export async function newFolder(root, stem) {
	await mkdir(root, { recursive: true });
	for (let number = 1; ; number++) {
		const folder = `${root}/${stem}${number === 1 ? '' : `_${number}`}`;
		try {
			await mkdir(folder);
			return folder;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
	}
}
