// @ts-check
import { isSlowAnswer } from './isSlowAnswer.js';

/**
 * Why an execution is not retried. A call that took too long is no refusal: the execution may be
 * under way, and is looked at again.
 *
 * @param {CodeNode} n8n
 */
export function noRetry({ $input }) {
	return $input.all().flatMap(({ json: { error, advice } }, item) => {
		if (isSlowAnswer(error)) return [];
		const why = error ? `n8n could not retry it: ${error.message ?? error}` : advice;
		return [{ json: { advice: why }, pairedItem: { item } }];
	});
}
