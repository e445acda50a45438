// @ts-check
import { readFile, writeFile } from 'fs/promises';
import { removeFile } from './removeFile.js';

/**
 * Says what keeps the watcher from working by a note in the output folder, and by an error the first
 * time. The note goes once the trouble is over.
 *
 * @param {string} outputFolder
 * @param {string} trouble in words; empty where there is none
 * @returns {Promise<boolean>} whether it has been said before
 * @throws Error that says it the first time
 */
export async function saidOnce(outputFolder, trouble) {
	const note = `${outputFolder}/folder watcher cannot work.txt`;
	if (!trouble) {
		await removeFile(note);
		return false;
	}
	const said = await readFile(note, 'utf8').catch(() => '');
	if (said === `${trouble}\n`) return true;
	await writeFile(note, `${trouble}\n`);
	throw new Error(trouble);
}
