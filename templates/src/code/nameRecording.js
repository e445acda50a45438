// @ts-check

/**
 * Gives each recording its name, which says what it is: Dropbox sends bytes without one.
 *
 * @param {CodeNode} n8n
 */
export function nameRecording({ $, $input }) {
	return $input.all().map(({ binary }, item) => {
		const row = $('Take Files').itemMatching(item).json;
		// without contents the next node says so
		const named = binary?.data && { data: { ...binary.data, fileName: row.name } };
		return { json: row, ...(named && { binary: named }), pairedItem: { item } };
	});
}
