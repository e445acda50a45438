// @ts-check

/**
 * The row that led to an item, as this run noted it last.
 *
 * @param {CodeNode['$']} $
 * @param {number} item its place among the items that the node is given
 * @param {string[]} noting the nodes that note it, the last one first
 */
export function notedRow($, item, noting) {
	const row = $('Take Files').itemMatching(item).json;
	for (const node of noting) {
		if (!$(node).isExecuted) continue;
		const noted = $(node)
			.all()
			.find(({ json }) => json.id === row.id);
		if (noted) return noted.json;
	}
	return row;
}
