// @ts-check

/**
 * A path as the Read/Write Files node wants it, to which some characters are patterns.
 *
 * @param {string} path
 */
export function selectorOf(path) {
	return path.replace(/[\\*?{}()[\]!|]|"(?=[^/]*$)/g, '\\$&');
}
