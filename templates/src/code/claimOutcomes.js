// @ts-check

/**
 * What became of each job that was claimed: who may read it now owns it.
 *
 * @param {CodeNode} n8n
 */
export function claimOutcomes({ $, $input }) {
	const REFUSED = [401, 403, 404];
	const rows = $('Unclaimed Jobs').all();
	return $input.all().map(({ json: { error, details } }, index) => {
		const { id: row, state, claimToken } = rows[index].json;
		if (!details) return { json: { row, state: 'claimed', claimToken: '', problem: '' } };
		// a token that was not looked at, such as in an outage, is good for another sign-in
		if (!REFUSED.includes(details.httpStatus))
			return { json: { row, state, claimToken, problem: error } };
		return { json: { row, state: 'not claimed', claimToken: '', problem: error } };
	});
}
