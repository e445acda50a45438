// @ts-check
import { newRow } from './newRow.js';
import { newRuns } from './newRuns.js';
import { orderOfAnyRow } from './orderOfAnyRow.js';

const NOTES_MS = 150_000; // longer than the notes of refused files take

/**
 * The rows of files that are new and lie still, and the orders for the runs that are to work on them.
 *
 * @param {FoundFile[]} still
 * @param {{ settings: Record<string, any>, folder: string, now: number, left: number, room: number,
 *   tokenOf: (parallel: number) => string, refusalOf: (file: FoundFile) => string }} given `left`: how
 *   many uploads may begin at once; `room`: how many files may be taken
 * @returns {{ newRows: WatchedRow[], newOrders: RunOrder[] }}
 */
export function newWork(still, { settings, folder, now, left, room, tokenOf, refusalOf }) {
	const since = new Date(now).toISOString();
	const refused = still.filter(refusalOf);
	const newRows = refused.map((file) => {
		const message = refusalOf(file);
		return newRow(file, { folder, state: 'refused', since, owner: '', until: now, message });
	});
	const taken = still.filter((file) => !refusalOf(file));
	const newOrders = [];
	for (const { files, leaseMs, parallel } of newRuns(taken, settings, left, room)) {
		const [token, until] = [tokenOf(parallel), now + leaseMs];
		for (const file of files) {
			newRows.push(newRow(file, { folder, state: 'sending', since, owner: token, until }));
		}
		const as = { state: 'sending', as: 'sending' };
		newOrders.push(
			orderOfAnyRow({ folder, from: token, ...as, before: until, token, until, parallel }),
		);
	}
	if (refused.length > 0) {
		const as = { state: 'refused', as: 'refused' };
		const whose = { from: '', token: tokenOf(1), before: now, until: now + NOTES_MS };
		newOrders.push(orderOfAnyRow({ folder, ...as, ...whose, parallel: 1 }));
	}
	return { newRows, newOrders };
}
