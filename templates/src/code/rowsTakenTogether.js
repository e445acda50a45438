// @ts-check
/**
 * Rows of one owner and one state, which one run takes together.
 *
 * @param {WatchedRow[]} rows
 */
export function rowsTakenTogether(rows) {
	const groups = new Map();
	for (const row of rows) {
		const key = JSON.stringify([row.owner ?? '', row.state]);
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return [...groups.values()];
}
