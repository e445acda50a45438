// @ts-check

/**
 * The rows that are still this run's, each with its file: Drive sends the bytes without a name.
 *
 * @param {CodeNode} n8n
 */
export function nameDriveFiles({ $, $input }) {
	return $input.all().map(({ json }, item) => {
		const { binary } = $('Download File').itemMatching(item);
		// without contents the next node says so
		const named = binary?.data && { data: { ...binary.data, fileName: json.name } };
		return { json, ...(named && { binary: named }), pairedItem: { item } };
	});
}
