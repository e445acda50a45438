// @ts-check

/**
 * What a file is, as long as nobody writes to it or puts another one in its place.
 *
 * @param {import('fs').BigIntStats} stats
 */
export function versionOf(stats) {
	return `${stats.ino}:${stats.size}:${stats.mtimeNs}`;
}
