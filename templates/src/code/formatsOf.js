// @ts-check

/**
 * The formats in which a transcript is to be written.
 *
 * @param {{ files?: string }} settings such as `txt, srt`
 * @returns {string[]} txt where none is given
 */
export function formatsOf({ files }) {
	const formats = String(files ?? '')
		.toLowerCase()
		.split(/[^a-z]+/)
		.filter(Boolean);
	return formats.length > 0 ? [...new Set(formats)] : ['txt'];
}
