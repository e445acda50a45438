// @ts-check
/**
 * The first entries that fit, and how many failures the others hold.
 *
 * @param {Array<{ text: string, count: number }>} entries
 * @param {number} room in characters
 * @returns {string[]}
 */
export function fittingEntries(entries, room) {
	const rest = (from) => entries.slice(from).reduce((sum, { count }) => sum + count, 0);
	const endOf = (from) => `\n… and ${rest(from)} more: see the Data Table "Failed jobs".`;
	const longestEnd = endOf(0).length + 1;
	let left = room;
	for (const [index, { text }] of entries.entries()) {
		left -= text.length + 1;
		const isLast = index === entries.length - 1;
		if (left < (isLast ? 0 : longestEnd)) {
			return [...entries.slice(0, index).map((each) => each.text), endOf(index)];
		}
	}
	return entries.map(({ text }) => text);
}
