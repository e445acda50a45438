// @ts-check
import { sendingTrouble } from './sendingTrouble.js';

const ASK_LEASE_MS = 150_000;

/**
 * What becomes of recordings that were sent: their jobs are asked for at once, as short recordings are
 * ready by then. What failed is sent again only where that cannot be paid twice.
 *
 * @param {Array<{ row: WatchedRow, start: any }>} sent
 * @param {number} now in milliseconds since 1970
 * @returns {WatchedRow[]}
 */
export function rowsStartedForAnyProvider(sent, now) {
	return sent.map(({ row, start }) => {
		if (!start?.id) return { ...row, ...failed(row, start) };
		return {
			...row,
			state: 'started',
			job: start.id,
			claimToken: start.claimToken ?? '',
			message: '',
			waitsSince: null,
			owner: `${row.owner}+`,
			until: now + ASK_LEASE_MS,
		};
	});

	function failed(row, start) {
		const { isKeyed } = JSON.parse(row.request);
		const advice = String(start?.details?.description ?? '');
		const isUnsure = !isKeyed && (!start || advice.includes('may have arrived'));
		const next = sendingTrouble(row, start, now);
		const message = `MAY_BE_STARTED: ${next.message ?? ''}. ${advice}`;
		if (isUnsure) return { state: 'refused', message, owner: '', until: now };
		// the jobs that it may be are named there
		const isConflict = start?.details?.code === 'IDEMPOTENCY_KEY_CONFLICT';
		return isConflict ? { ...next, message: `${next.message}. ${advice}` } : next;
	}
}
