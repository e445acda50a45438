// @ts-check
import { readdir } from 'fs/promises';
import { isRecordingName } from './isRecordingName.js';
import { statsOf } from './statsOf.js';
import { versionOf } from './versionOf.js';

/**
 * The recordings in a folder by their paths. Only regular files: a link or a folder that bears a
 * media extension is left alone.
 *
 * @param {string} folder without a slash at its end
 * @returns {Promise<Map<string, { path: string, version: string, changedAt: string }>>}
 */
export async function recordingsIn(folder) {
	const files = new Map();
	for (const name of (await readdir(folder)).filter(isRecordingName)) {
		const path = `${folder}/${name}`;
		const stats = await statsOf(path);
		if (!stats?.isFile()) continue;
		files.set(path, { path, version: versionOf(stats), changedAt: String(stats.ctimeNs) });
	}
	return files;
}
