// @ts-check

/**
 * Why n8n cannot retry an execution. A call that took too long is no refusal: the execution may be
 * under way, and is looked at again.
 *
 * @param {CodeNode} n8n
 */
export function noRetry({ $input }) {
	return $input.all().flatMap(({ json: { error } }, item) => {
		if (error && /timeout|ECONNABORTED|aborted/i.test(JSON.stringify(error))) return [];
		const advice = error
			? `n8n could not retry it: ${error.message ?? error}`
			: 'Its node had several items, and a retry would pay again for those that are done. Run it again for the failed ones.';
		return [{ json: { advice }, pairedItem: { item } }];
	});
}
