// @ts-check

const POLL_MS = 30_000;
const FIRST_POLLS_MS = 5000;

/**
 * The row of a job that has not ended: it is asked for again, sooner while it is young, as a short
 * recording is ready within seconds.
 *
 * @param {WatchedRow} row
 * @param {string} message what is the matter, in words
 * @param {number} now in milliseconds since 1970
 * @returns {WatchedRow}
 */
export function askedAgain(row, message, now) {
	const ageMs = now - new Date(row.since).getTime();
	const until = now + Math.min(POLL_MS, Math.max(FIRST_POLLS_MS, ageMs));
	return { ...row, state: 'transcribing', message, owner: '', until };
}
