// @ts-check

const MOST_ATTEMPTS = 3;
const PAUSE_OF_FILE_MS = 10_000;

/**
 * What becomes of a recording with a trouble of its own that a further try may get over: after three it
 * is refused.
 *
 * @param {WatchedRow} row
 * @param {string} message code and reason
 * @param {number} now in milliseconds since 1970
 * @returns {Partial<WatchedRow>}
 */
export function countedTrouble(row, message, now) {
	const attempts = (row.attempts ?? 0) + 1;
	const ends = { message, attempts, owner: '' };
	if (attempts >= MOST_ATTEMPTS) return { ...ends, state: 'refused', until: now };
	return { ...ends, state: 'waiting', until: now + PAUSE_OF_FILE_MS };
}
