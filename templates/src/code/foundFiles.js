// @ts-check
import { readdir } from 'fs/promises';
import { isRecordingName } from './isRecordingName.js';
import { isRefusedKind } from './isRefusedKind.js';
import { statsOf } from './statsOf.js';
import { versionOf } from './versionOf.js';

/**
 * The recordings in a folder, and media of kinds that Scriptivox does not take. Only regular files: a
 * link or a folder that bears a media extension is left alone, and so is what is hidden.
 *
 * @param {string} folder with a slash at its end
 * @param {boolean} subfolders whether to look into the folders within
 * @param {string[]} ownFolders that are left out, each with a slash at its end
 * @returns {Promise<Map<string, FoundFile>>} by their paths
 */
export async function foundFiles(folder, subfolders, ownFolders) {
	const files = new Map();
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = folder + entry.name;
		if (entry.name.startsWith('.')) continue;
		if (entry.isDirectory()) {
			if (!subfolders || ownFolders.includes(`${path}/`)) continue;
			for (const found of await foundFiles(`${path}/`, true, ownFolders)) files.set(...found);
			continue;
		}
		const isTaken = isRecordingName(entry.name);
		if (!isTaken && !isRefusedKind(entry.name)) continue;
		const stats = await statsOf(path);
		if (!stats?.isFile()) continue;
		files.set(path, { path, file: entry.name, isTaken, ...factsOf(stats) });
	}
	return files;
}

/**
 * What the ledger holds of a file, and when it was changed last.
 *
 * @param {import('fs').BigIntStats} stats
 */
function factsOf(stats) {
	const times = [stats.mtimeNs, stats.ctimeNs].map((ns) => Number(ns / 1_000_000n));
	// a file may bear any modification time; the other one is the disk's own
	const changedMs = times[0] > Date.now() ? times[1] : Math.max(...times);
	const [size, changedAt] = [Number(stats.size), String(stats.ctimeNs)];
	return { version: versionOf(stats), size, changedAt, changedMs };
}
