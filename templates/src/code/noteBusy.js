// @ts-check
import { utimes, writeFile } from 'fs/promises';
import { statsOf } from './statsOf.js';

/**
 * Notes until when no look by the clock is worth its work; a later moment that stands there stays. A run
 * that ends looks all the same. Where it cannot be noted, as on a full disk, the next look comes early:
 * that must not keep the runs of this one from starting.
 *
 * @param {string} hiddenFolder
 * @param {number} untilMs in milliseconds since 1970, at most 10 s from now
 */
export async function noteBusy(hiddenFolder, untilMs) {
	const file = `${hiddenFolder}/busy`;
	try {
		const stats = await statsOf(file);
		if (stats && Number(stats.mtimeMs) >= untilMs) return;
		if (!stats) await writeFile(file, '');
		await utimes(file, untilMs / 1000, untilMs / 1000);
	} catch {
		// only a rest is lost
	}
}
