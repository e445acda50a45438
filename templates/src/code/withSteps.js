// @ts-check

/**
 * Each row that is still the run's own, with what the steps gave for it: where a run took too long,
 * another one has some.
 *
 * @param {WatchedRow[]} rows
 * @param {CodeNodeItem[]} mine what the table says is still its own
 * @param {Record<string, CodeNodeItem[]>} steps in the order of the rows
 * @returns {any[]}
 */
export function withSteps(rows, mine, steps) {
	const ids = new Set(mine.map(({ json }) => json.id));
	const works = rows.map((row, index) => {
		const given = Object.entries(steps).map(([name, items]) => [name, items[index]?.json]);
		return { row, ...Object.fromEntries(given) };
	});
	return works.filter(({ row }) => ids.has(row.id));
}
