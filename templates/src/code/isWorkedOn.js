// @ts-check
const LEASE_WITHOUT_END_MS = 15 * 60_000; // as 0.1.0 noted it
const WORKED_ON = ['downloading', 'sending', 'submitted'];

/**
 * Whether somebody works on a file, so that nobody else may yet.
 *
 * @param {Record<string, any>} row of the table of Drive's files
 * @param {number} now in milliseconds since 1970
 */
export function isWorkedOn({ state, owner, claimedAt }, now) {
	if (!WORKED_ON.includes(state) || !owner) return false;
	const end = Date.parse(/ until (.+)$/.exec(owner)?.[1] ?? '');
	return now < (Number.isNaN(end) ? (claimedAt ?? 0) + LEASE_WITHOUT_END_MS : end);
}
