// @ts-check

/**
 * The recordings all of whose files are in Dropbox, once each.
 *
 * @param {CodeNode} n8n
 */
export function writtenCaptions({ $, $input }) {
	const written = $input.all().map((_, item) => $('Captions').itemMatching(item).json.id);
	const wanted = $('Captions')
		.all()
		.map(({ json }) => json.id);
	const countIn = (ids, id) => ids.filter((each) => each === id).length;
	return [...new Set(written)]
		.filter((id) => countIn(written, id) === countIn(wanted, id))
		.map((id) => ({ json: { id }, pairedItem: { item: written.indexOf(id) } }));
}
