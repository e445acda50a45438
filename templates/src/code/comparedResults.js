// @ts-check

/**
 * The providers' results in the order in which they were started, each with how far it differs. One that
 * is still at work has given none in time.
 *
 * @param {any[]} rows of the table, one for each provider
 * @param {any[]} comparisons of transcripts with the one that counts as right
 * @param {number} timeoutMinutes how long each was waited for
 * @returns {any[]}
 */
export function comparedResults(rows, comparisons, timeoutMinutes) {
	return [...rows]
		.sort((a, b) => a.id - b.id)
		.map((row) => ({ ...row, ...comparisonWith(row) }))
		.map((row) =>
			row.status === 'running'
				? { ...row, status: 'failed', errorMessage: `No result within ${timeoutMinutes} minutes.` }
				: row,
		);

	function comparisonWith({ provider }) {
		const comparison = comparisons.find((each) => each.provider === provider);
		const { wordErrorRate, agreement } = comparison ?? {};
		return { wordErrorRate, agreement };
	}
}
