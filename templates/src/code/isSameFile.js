// @ts-check

/**
 * Whether both are names of one file.
 *
 * @param {import('fs').BigIntStats} a
 * @param {import('fs').BigIntStats} b
 */
export function isSameFile(a, b) {
	return a.ino === b.ino && a.dev === b.dev;
}
