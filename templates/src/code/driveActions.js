// @ts-check

/**
 * Decides about the files in the table: what to forget, to release, to work on and to move.
 *
 * @param {CodeNode} n8n
 */
export function driveActions({ $, $input }) {
	const LEASE_MS = 12 * 3600 * 1000; // longer than a large file takes on a slow line
	const KEPT_MS = 30 * 24 * 3600 * 1000;
	const FORGOTTEN_AT_ONCE = 50; // so that a look stays short
	const MOVED_AFTER_MS = 30 * 1000; // a search in Drive may be out of date for some seconds
	const settings = $('Folder IDs').first().json;
	const isListed = $('List Folder').isExecuted;
	const listed = new Set(
		isListed
			? $('List Folder')
					.all()
					.map((item) => item.json.id)
			: [],
	);
	const rows = $input
		.all()
		.map((item) => item.json)
		.filter((row) => row.id !== undefined);
	const now = Date.now();
	const AFTER_LEASE = { downloading: 'waiting', sending: 'lookAtIt', submitted: 'submitted' };

	const actions = [];
	const known = new Set();
	const claimable = [];
	let underWay = 0;
	for (const row of rows.sort((a, b) => a.id - b.id)) {
		const { id, fileId, state, owner } = row;
		const isGone = isListed && !listed.has(fileId);
		const isOld = state === 'done' && now - row.finishedAt > KEPT_MS;
		// the trigger and the schedule may both have recorded a file: its first row counts
		const isSecond = known.has(fileId);
		known.add(fileId);
		if (owner) {
			if (state in AFTER_LEASE && now - row.claimedAt <= LEASE_MS) underWay += 1;
			else
				actions.push({
					action: 'release',
					id,
					owner,
					from: state,
					to: AFTER_LEASE[state] ?? state,
				});
		} else if (isSecond) {
			if (['waiting', 'skipped'].includes(state)) actions.push({ action: 'forget', id, state });
		} else if (isGone && (isOld || ['waiting', 'skipped'].includes(state))) {
			actions.push({ action: 'forget', id, state });
		} else if (state === 'waiting' || state === 'submitted') {
			claimable.push(row);
		} else if (state === 'done' && listed.has(fileId) && now - row.finishedAt > MOVED_AFTER_MS) {
			actions.push({ action: 'move', fileId });
		}
	}

	// paid jobs first, then files that had no try yet
	const rank = (row) => (row.state === 'submitted' ? -1 : row.attempts);
	claimable.sort((a, b) => rank(a) - rank(b) || a.id - b.id);
	for (const { id, state, attempts } of claimable.slice(
		0,
		Math.max(0, settings.maxParallel - underWay),
	)) {
		const to = state === 'submitted' ? 'submitted' : 'downloading';
		actions.push({ action: 'claim', id, from: state, to, attempts: attempts + 1 });
	}
	const forgets = actions.filter(({ action }) => action === 'forget').slice(0, FORGOTTEN_AT_ONCE);
	const others = actions.filter(({ action }) => action !== 'forget');
	return [...others, ...forgets].map((json) => ({ json }));
}
