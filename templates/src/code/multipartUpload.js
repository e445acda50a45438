// @ts-check

/**
 * The body of a multipart upload to Google Drive: what is known of a file, and its bytes
 * (https://developers.google.com/workspace/drive/api/guides/manage-uploads#multipart).
 *
 * @param {{ id: string, name: string, parents: string[] }} metadata the ID is one that Drive gave for it
 * @param {string} mimeType of the bytes
 * @param {Buffer} bytes
 * @returns a file for HTTP Request, whose type says where the parts end
 */
export function multipartUpload(metadata, mimeType, bytes) {
	const boundary = `end-of-part-${metadata.id}`;
	const head = [
		`--${boundary}`,
		'Content-Type: application/json; charset=UTF-8',
		'',
		JSON.stringify(metadata),
		`--${boundary}`,
		`Content-Type: ${mimeType}`,
		'',
		'',
	].join('\r\n');
	const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--`)]);
	return {
		data: body.toString('base64'),
		mimeType: `multipart/related; boundary=${boundary}`,
		fileName: metadata.name,
	};
}
