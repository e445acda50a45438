// @ts-check

/**
 * Where the watcher keeps its own files: the sign that a look is under way, and texts without a name.
 *
 * @param {Record<string, any>} settings
 */
export function hiddenFolderOf(settings) {
	return `${settings.outputFolder.replace(/\/+$/, '')}/.folder-watcher`;
}
