// @ts-check
/**
 * Failures that are alike, put together, the most frequent first.
 *
 * @param {Array<Record<string, any>>} rows
 */
export function failuresAlike(rows) {
	const alike = new Map();
	for (const row of rows) {
		const key = JSON.stringify([row.workflow, row.node, row.code || row.message]);
		alike.set(key, [...(alike.get(key) ?? []), row]);
	}
	return [...alike.values()].sort((a, b) => b.length - a.length);
}
