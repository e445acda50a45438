// @ts-check

/**
 * The settings, with the folders' IDs in place of their links.
 *
 * @param {CodeNode} n8n
 * @throws Error that says what is to be set up
 */
export function folderIds({ $ }) {
	const settings = $('Settings').first().json;
	const inputFolder = idOf(settings.inputFolder);
	const doneFolder = idOf(settings.doneFolder);
	if (!inputFolder || !doneFolder || inputFolder === doneFolder) {
		throw new Error(
			'Choose the folder to watch in "When a File Arrives", and enter another folder as doneFolder in "Settings".',
		);
	}
	const outputFolder = idOf(settings.outputFolder) || inputFolder;
	return [{ json: { ...settings, inputFolder, doneFolder, outputFolder } }];
}

/** @param {unknown} text a link or an ID */
function idOf(text) {
	const given = String(text ?? '').trim();
	return /(?:\/folders\/|[?&]id=)([-\w]+)/.exec(given)?.[1] ?? given.replace(/\/+$/, '');
}
