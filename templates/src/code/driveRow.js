// @ts-check

/**
 * The row that led to an item, as this run noted it last.
 *
 * @param {CodeNode['$']} $
 * @param {number} item its place among the items that the node is given
 */
export function driveRow($, item) {
	const row = $('Take Files').itemMatching(item).json;
	for (const node of ['Note Job', 'Note Sending']) {
		if (!$(node).isExecuted) continue;
		const noted = $(node)
			.all()
			.find(({ json }) => json.id === row.id);
		if (noted) return noted.json;
	}
	return row;
}
