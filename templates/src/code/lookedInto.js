// @ts-check
import { lookIsOver } from './lookIsOver.js';
import { plannedLook } from './plannedLook.js';

const OTHER_DISK =
	'The Code nodes see another disk than n8n, as those of external task runners do. Give the runners the ' +
	'same folders as n8n, under the same paths, or run the Code nodes within n8n (N8N_RUNNERS_MODE=internal).';

/**
 * Looks into the input folder: gives a row for each file that is new and lies still, and an order for
 * each run that is to work on them, or on what is overdue.
 *
 * @param {CodeNode['$']} $
 * @param {Record<string, any>} settings
 * @param {object} watcher what one watcher does otherwise than another
 * @param {(file: FoundFile) => string} watcher.refusalOf why a file is not sent at all; empty where it is
 * @param {(oldRows: Array<Record<string, any>>, known: WatchedRow[], files: Map<string, FoundFile>,
 *   folder: string, now: number) => Promise<WatchedRow[]>} watcher.adopted what becomes of the rows that an
 *   earlier version had under way
 */
export async function lookedInto($, settings, watcher) {
	const taken = $('Take the Look').first().json;
	const rowsOf = (items) => items.map(({ json }) => json).filter(({ id }) => id !== undefined);
	try {
		if ($('Same Disk').first().json.error) throw new Error(OTHER_DISK);
		const rows = rowsOf($('Files under Way').all());
		const oldRows = rowsOf($('Files of 0.1.0').all());
		const found = await plannedLook(settings, taken.look, taken.folder, rows, oldRows, watcher);
		if (found.length === 0) await lookIsOver(settings, taken);
		return found.map((json) => ({ json }));
	} catch (error) {
		await lookIsOver(settings, taken);
		throw error;
	}
}
