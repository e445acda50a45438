// @ts-check
import { readFile, writeFile } from 'fs/promises';
import { removeFile } from './removeFile.js';

/**
 * Keeps a note as it is to be: written where it says something else, and removed where there is nothing
 * to say.
 *
 * @param {string} note its file
 * @param {string} text
 * @returns {Promise<boolean>} whether it has said so before
 */
export async function keepNote(note, text) {
	if (!text) {
		await removeFile(note);
		return false;
	}
	const said = await readFile(note, 'utf8').catch(() => '');
	if (said === text) return true;
	await writeFile(note, text);
	return false;
}
