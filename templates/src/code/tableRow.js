// @ts-check

const OF_N8N = ['id', 'createdAt', 'updatedAt'];

/**
 * A row as the table takes it, with the time at which it came into its state.
 *
 * @param {WatchedRow} row
 * @param {WatchedRow[]} before
 * @param {number} now in milliseconds since 1970
 */
export function tableRow(row, before, now) {
	const was = before.find(({ id }) => id === row.id);
	const since = was?.state === row.state ? was.since : new Date(now).toISOString();
	const columns = Object.entries({ ...row, since }).filter(([name]) => !OF_N8N.includes(name));
	return Object.fromEntries(columns);
}
