// @ts-check
import { adoptedRows } from './adoptedRows.js';
import { adoptedState } from './adoptedState.js';
import { lookedInto } from './lookedInto.js';

/**
 * Looks into the input folder: gives a row for each file that is new and lies still, and an order for
 * each run that is to work on them, or on what is overdue.
 *
 * @param {CodeNode} n8n
 */
export async function lookIntoFolder({ $ }) {
	return await lookedInto($, $('Settings').first().json, {
		refusalOf: ({ isTaken }) =>
			isTaken ? '' : 'FORMAT_NOT_TAKEN: Scriptivox does not take files of this kind.',
		adopted: async (oldRows, known, files, folder, now) =>
			adoptedRows(oldRows, known, files, folder, now, adoptedState),
	});
}
