// @ts-check

/**
 * The table in between carries no files: here is the form's again.
 *
 * @param {CodeNode} n8n
 */
export function formRecording({ $ }) {
	return $('Send a Recording').all();
}
