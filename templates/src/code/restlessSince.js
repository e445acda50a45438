// @ts-check
import { readFile, writeFile } from 'fs/promises';
import { removeFile } from './removeFile.js';

/**
 * Since when files that do not lie still have been seen, which is kept in the hidden folder: the disk
 * knows only their last change.
 *
 * @param {string} hiddenFolder
 * @param {string[]} paths of all that do not lie still now
 * @param {number} now in milliseconds since 1970
 * @returns {Promise<Record<string, number>>} by their paths, in milliseconds since 1970
 */
export async function restlessSince(hiddenFolder, paths, now) {
	const memory = `${hiddenFolder}/restless`;
	const text = await readFile(memory, 'utf8').catch(() => '{}');
	const before = knownOf(text);
	const since = Object.fromEntries(paths.sort().map((path) => [path, before[path] ?? now]));
	const next = JSON.stringify(since);
	if (paths.length === 0) await removeFile(memory);
	else if (next !== text) await writeFile(memory, next);
	return since;
}

/** What the memory holds; nothing where n8n was killed while it wrote. */
function knownOf(text) {
	try {
		return JSON.parse(text);
	} catch {
		return {};
	}
}
