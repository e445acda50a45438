// @ts-check
import { afterTimeIsUp } from './afterTimeIsUp.js';
import { leaseMs } from './leaseMs.js';
import { rowsLeftOver } from './rowsLeftOver.js';
import { rowsTakenTogether } from './rowsTakenTogether.js';

const POLLED = ['started', 'transcribing', 'ended', 'completed'];
const NOTED = ['refused', 'unsure'];
const POLLS_WITHOUT_LIMIT = 200;

/**
 * What runs are to take of the rows whose time is up: work that waits for its turn, jobs that are to be
 * asked for, and what a run has left that died.
 *
 * @param {WatchedRow[]} rows
 * @param {{ settings: Record<string, any>, folder: string, now: number, free: number,
 *   tokenOf: (parallel: number) => string, isAsItWas: (row: WatchedRow) => boolean }} given
 * @returns {RunOrder[]}
 */
export function overdueOrders(rows, { settings, folder, now, free, tokenOf, isAsItWas }) {
	const left = rowsLeftOver(rows, now);
	const isVain = (row) => row.state === 'uploaded' && row.until <= now && !isAsItWas(row);
	const dropped = rows.filter((row) => left.includes(row) || isVain(row));
	const orders = dropped.map((row) => orderOf([row], 'dropped', 1));
	const overdue = rows.filter((row) => !dropped.includes(row) && row.until <= now);
	for (const group of rowsTakenTogether(overdue.filter(({ state }) => !POLLED.includes(state)))) {
		const parallel = Math.min(free, group.length);
		const as = afterTimeIsUp(group[0]);
		const isSent = !NOTED.includes(as);
		if (isSent && parallel < 1) continue;
		if (isSent) free -= parallel;
		orders.push(orderOf(group, as, parallel));
	}
	return [...orders, ...pollOrders()];

	function pollOrders() {
		const polled = ({ state, owner, until }) => POLLED.includes(state) && owner && until > now;
		const { pollsPerMinute } = settings;
		const limit = pollsPerMinute ? Math.ceil(pollsPerMinute / 2) : POLLS_WITHOUT_LIMIT;
		let room = limit - rows.filter(polled).length;
		const due = overdue.filter(({ state }) => POLLED.includes(state));
		const polls = [];
		for (const group of rowsTakenTogether(due)) {
			const turn = group.sort((a, b) => a.until - b.until).slice(0, Math.max(0, room));
			room -= turn.length;
			if (turn.length > 0) polls.push(orderOf(turn, 'transcribing', 1));
		}
		return polls;
	}

	function orderOf(group, as, parallel) {
		const bytes = group.reduce((sum, { size }) => sum + (as === 'sending' ? size : 0), 0);
		const ids = group.map(({ id }) => id);
		return {
			folder,
			from: group[0].owner ?? '',
			state: group[0].state,
			as,
			before: Math.max(...group.map(({ until }) => until)),
			firstId: Math.min(...ids),
			lastId: Math.max(...ids),
			token: tokenOf(parallel),
			until: now + leaseMs(bytes, Math.max(1, parallel), settings),
			parallel: Math.max(1, parallel),
		};
	}
}
