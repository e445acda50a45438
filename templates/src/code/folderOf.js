// @ts-check

/**
 * A folder's path as the ledger has it, however it was written: one slash between two names and one
 * at its end, and no names that stand for the folder itself.
 *
 * @param {string} path absolute
 */
export function folderOf(path) {
	return `${path}/`.replace(/\/(\.?\/)+/g, '/');
}
