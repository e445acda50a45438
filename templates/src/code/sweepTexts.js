// @ts-check
import { readdir } from 'fs/promises';
import { removeFile } from './removeFile.js';
import { statsOf } from './statsOf.js';
import { textNameOf } from './textNameOf.js';

const YOUNG_MS = 60_000;

/**
 * Removes the hidden names of texts that have been published. That of a recording which is still under
 * way stays: by it a run that takes over finds the text that a killed one has published.
 *
 * @param {string} hiddenFolder
 * @param {WatchedRow[]} rows that are under way
 * @param {number} now in milliseconds since 1970
 */
export async function sweepTexts(hiddenFolder, rows, now) {
	const underWay = new Set(rows.map(textNameOf));
	for (const name of await readdir(hiddenFolder)) {
		const [, recording] = /^(.+)\.[a-z]+$/.exec(name) ?? [];
		if (recording === undefined || underWay.has(recording)) continue;
		const stats = await statsOf(`${hiddenFolder}/${name}`);
		if (stats && now - Number(stats.ctimeMs) > YOUNG_MS)
			await removeFile(`${hiddenFolder}/${name}`);
	}
}
