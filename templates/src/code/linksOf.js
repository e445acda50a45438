// @ts-check
import { plainError } from './plainError.js';

/**
 * The first link of each row of a spreadsheet, each link once.
 *
 * @param {CodeNode} n8n
 */
export function linksOf({ $, $input }) {
	const { fileName } = $('When a Spreadsheet Is Uploaded').first().binary.spreadsheet;
	const isCsv = /\.(csv|txt)$/i.test(fileName);

	// the reader of spreadsheets takes each byte of a CSV file for a character
	function textOf(cell) {
		const text = String(cell).trim();
		const decoded = isCsv ? Buffer.from(text, 'latin1').toString() : text;
		return /[^\0-\xff]/.test(text) || decoded.includes('\ufffd') ? text : decoded;
	}

	const links = $input.all().flatMap(({ json: { row } }) =>
		Object.values(row ?? {})
			.map(textOf)
			.filter((cell) => /^https?:\/\//i.test(cell))
			.slice(0, 1),
	);
	if (links.length === 0) {
		throw plainError(
			'No link was found in the spreadsheet. Each row needs a cell that begins with http:// or https://.',
		);
	}
	return [...new Set(links)].map((url) => ({ json: { url } }));
}
