// @ts-check
import { utimes, writeFile } from 'fs/promises';

const BUSY_SECONDS = 5;

/**
 * Notes that all uploads are taken: for a few seconds no look by the clock is worth its work. A run that
 * ends looks all the same.
 *
 * @param {string} hiddenFolder
 * @param {number} now in milliseconds since 1970
 */
export async function noteBusy(hiddenFolder, now) {
	const until = now / 1000 + BUSY_SECONDS;
	await writeFile(`${hiddenFolder}/busy`, '');
	await utimes(`${hiddenFolder}/busy`, until, until);
}
