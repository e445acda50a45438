// @ts-check

/**
 * Where Dropbox puts an upload: beside what has that name already. Its header holds ASCII only
 * (https://www.dropbox.com/developers/reference/json-encoding).
 *
 * @param {string} folder
 * @param {string} name
 */
export function dropboxArgument(folder, name) {
	const path = `${folder.replace(/\/$/, '')}/${name}`;
	return JSON.stringify({ path, mode: 'add', autorename: true }).replace(
		/[\u007f-\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
