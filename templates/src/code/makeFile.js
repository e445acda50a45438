// @ts-check
import { open } from 'fs/promises';
import { removeFile } from './removeFile.js';

/**
 * Makes a file that is not there yet, dated by this machine's clock.
 *
 * @param {string} file
 * @param {string} text
 * @returns {Promise<boolean>} whether it was made
 */
export async function makeFile(file, text) {
	let handle;
	try {
		handle = await open(file, 'wx');
		await handle.writeFile(text);
		await handle.utimes(new Date(), new Date());
		return true;
	} catch (error) {
		if (!handle && error.code === 'EEXIST') return false;
		// one that is half made, as on a full disk, is not to stay
		if (handle) await removeFile(file);
		throw error;
	} finally {
		await handle?.close();
	}
}
