// @ts-check

/**
 * The recordings that are about to be sent, with what was read of them: rows of a table hold no files.
 *
 * @param {CodeNode} n8n
 */
export function filesToSend({ $, $input }) {
	const read = $('Read Files').all();
	const taken = $('Take the Files').all();
	const binaries = new Map(taken.map(({ json }, index) => [json.path, read[index]?.binary]));
	return $input.all().map(({ json }, item) => {
		return { json, binary: binaries.get(json.path), pairedItem: { item } };
	});
}
