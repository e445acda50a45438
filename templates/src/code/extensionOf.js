// @ts-check

/**
 * What stands behind the last dot of a file's name, in small letters; empty where there is nothing.
 *
 * @param {unknown} name
 */
export function extensionOf(name) {
	const [, extension = ''] = /\.([^.]+)$/.exec(String(name ?? '')) ?? [];
	return extension.trim().toLowerCase();
}
