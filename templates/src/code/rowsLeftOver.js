// @ts-check

const STAGES = [
	'sending',
	'waiting',
	'uploaded',
	'starting',
	'unsure',
	'refused',
	'started',
	'transcribing',
	'ended',
	'completed',
];

/**
 * Rows that a run had replaced when it was killed, before it could remove them: of the rows of one file
 * all but the one that is furthest on, where nobody works on them.
 *
 * @param {WatchedRow[]} rows
 * @param {number} now in milliseconds since 1970
 */
export function rowsLeftOver(rows, now) {
	const kept = new Set();
	const stageOf = ({ state }) => STAGES.indexOf(state);
	for (const row of [...rows].sort((a, b) => stageOf(b) - stageOf(a) || b.id - a.id)) {
		const drop = JSON.stringify([row.path, row.version]);
		if (!kept.has(drop)) kept.add(drop).add(row);
	}
	return rows.filter((row) => !kept.has(row) && (!row.owner || row.until < now));
}
