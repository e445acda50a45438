// @ts-check
import { keepNote } from './keepNote.js';

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
	const wasSaid = await keepNote(note, trouble && `${trouble}\n`);
	if (trouble && !wasSaid) throw new Error(trouble);
	return wasSaid;
}
