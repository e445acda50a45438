// @ts-check

/** @param {CodeNode} n8n */
export function rowsToReport({ $ }) {
	return $('To Report').all();
}
