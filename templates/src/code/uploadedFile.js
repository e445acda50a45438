// @ts-check

/** @param {CodeNode} n8n */
export function uploadedFile({ $ }) {
	return $('When a Spreadsheet Is Uploaded').all();
}
