// @ts-check

/** @param {CodeNode} n8n */
export function unclaimedJobs({ $ }) {
	return $('Unclaimed Jobs').all();
}
