// @ts-check

/**
 * Drive sends the bytes without a name.
 *
 * @param {CodeNode} n8n
 */
export function nameDriveFile({ $, $input }) {
	const item = $input.first();
	item.binary.data.fileName = $('Take Over').first().json.name;
	return [item];
}
