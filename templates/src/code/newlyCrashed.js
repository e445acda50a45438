// @ts-check

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MOST_AT_ONCE = 100;

/**
 * Executions that n8n has called crashed for `firstRetryMinutes`, and whose crash is not in the table. The time is
 * for those that still run: n8n's main process calls crashed, as it starts, what a worker may be about to end.
 *
 * @param {CodeNode} n8n
 */
export function newlyCrashed({ $ }) {
	const { firstRetryMinutes } = $('Settings').first().json;
	const jsonOf = (node) =>
		$(node)
			.all()
			.map(({ json }) => json);
	const rows = jsonOf('Known Failures');
	return jsonOf('Crashed Executions')
		.map((execution) => ({ execution, row: rowOf(execution, rows) }))
		.filter(({ execution, row }) => {
			const age = Date.now() - Date.parse(execution.stoppedAt);
			return age >= firstRetryMinutes * MINUTE && age < DAY && !isDealtWith(execution, row);
		})
		.slice(0, MOST_AT_ONCE)
		.map(({ execution: { id }, row }) => ({ json: { id, row } }));
}

/** The row of an execution or of the one that it retries; a row that follows a retry has the first one in its link. */
function rowOf({ id, retryOf }, rows) {
	const ids = [id, retryOf].filter(Boolean).map(String);
	return rows.find(
		({ executionId, url }) =>
			ids.includes(String(executionId)) || String(url).endsWith(`/executions/${id}`),
	);
}

/** A retry that has crashed since its row was claimed, or has followed it, is no longer under way. */
function isDealtWith({ stoppedAt }, row) {
	if (!row) return false;
	return row.state !== 'retrying' || Date.parse(row.updatedAt) >= Date.parse(stoppedAt);
}
