// @ts-check
import { readdir } from 'fs/promises';
import { removeFile } from './removeFile.js';
import { statsOf } from './statsOf.js';

/**
 * Removes hidden part files that a crash left behind: older than this start, and of no file in progress.
 *
 * @param {CodeNode} n8n
 */
export async function sweepPartFiles({ $, $input }) {
	const settings = $('Settings').first().json;
	const startedAt = Date.parse($('When n8n Starts').first().json.timestamp);
	const inProgress = new Set($input.all().map((item) => String(item.json.id)));

	for (const folder of [settings.outputFolder, settings.doneFolder, settings.failedFolder]) {
		let names = [];
		try {
			names = await readdir(folder);
		} catch (error) {
			if (error.code !== 'ENOENT') throw error;
		}
		for (const name of names) {
			const id = /^\.(\d+)\.part$/.exec(name)?.[1];
			if (id === undefined || inProgress.has(id)) continue;
			const path = `${folder}/${name}`;
			const stats = await statsOf(path);
			if (stats && Number(stats.mtimeMs) < startedAt) await removeFile(path);
		}
	}
	return [];
}
