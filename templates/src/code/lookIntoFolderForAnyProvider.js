// @ts-check
import { adoptedRows } from './adoptedRows.js';
import { adoptedStateForAnyProvider } from './adoptedStateForAnyProvider.js';
import { lookedInto } from './lookedInto.js';
import { publishedRow } from './publishedRow.js';

const LOOKS_A_POLL = 2;

/**
 * Looks into the input folder: gives a row for each file that is new and lies still, and an order for
 * each run that is to work on them, or on what is overdue. Which kinds are taken the provider's node says.
 *
 * @param {CodeNode} n8n
 */
export async function lookIntoFolderForAnyProvider({ $ }) {
	const settings = $('Settings').first().json;
	const { startsPerMinute, pollsPerMinute } = settings;
	// the node that asks for a job looks again before it says that it has not ended
	const limits = {
		uploadsPerMinute: startsPerMinute,
		pollsPerMinute: pollsPerMinute / LOOKS_A_POLL,
	};
	return await lookedInto($, { ...settings, ...limits }, { refusalOf: () => '', adopted });

	async function adopted(oldRows, known, files, folder, now) {
		const rows = adoptedRows(oldRows, known, files, folder, now, adoptedStateForAnyProvider);
		return await Promise.all(
			rows.map(async (/** @type {any} */ { text, ...row }) => {
				return text ? await publishedRow(row, { txt: text }, '', settings, now) : row;
			}),
		);
	}
}
