// @ts-check

const MINUTE = 60_000;
const FIRST_LEASE_MS = 5 * MINUTE;
const RESULT_LEASE_MS = 10 * MINUTE; // longer than the wait and the writing of what is there
const UNDER_WAY = ['sending', 'submitted', 'finishing'];

/**
 * Which files to take now, and until when nobody else may take them. A row is free once its time in
 * `notBefore` has come: after a pause between two tries, or because the run that had it has ended.
 *
 * @param {CodeNode} n8n
 */
export function dropboxActions({ $, $input }) {
	const { maxParallel } = $('Settings').first().json;
	const now = Date.now();
	const rows = $input
		.all()
		.map(({ json }) => json)
		.filter(({ id }) => id !== undefined)
		.sort((a, b) => a.id - b.id);
	const isFree = ({ notBefore }) => (notBefore ?? 0) <= now;
	// somebody was still writing to it: the contents that came later count
	const isReplaced = ({ id, state, fileId }) =>
		state === 'waiting' && rows.some((row) => row.id > id && row.fileId === fileId);

	function taken(row, state, leaseMs, attempts = row.attempts ?? 0) {
		const { id, state: from, notBefore } = row;
		const lease = { notBefore: now + leaseMs, claimedAt: now };
		return { id, from, wasNotBefore: notBefore ?? null, state, attempts, ...lease };
	}

	// a line on which a file takes longer gives it twice the time with each try
	function sent(row) {
		const attempts = (row.attempts ?? 0) + 1;
		return taken(row, 'sending', FIRST_LEASE_MS * 2 ** (attempts - 1), attempts);
	}

	const replaced = rows.filter(isReplaced);
	const free = rows.filter((row) => isFree(row) && !replaced.includes(row));
	const inState = (...states) => free.filter(({ state }) => states.includes(state));
	const underWay = rows.filter(({ state }) => UNDER_WAY.includes(state)).length;
	const actions = [
		...replaced.map((row) => taken(row, 'replaced', 0)),
		...inState('sending').map(sent),
		...inState('waiting')
			.slice(0, Math.max(0, maxParallel - underWay))
			.map(sent),
		...inState('submitted', 'finishing').map((row) => taken(row, 'finishing', RESULT_LEASE_MS)),
		...inState('givenUp').map((row) => taken(row, 'givenUp', FIRST_LEASE_MS)),
	];
	return actions.map((json) => ({ json }));
}
