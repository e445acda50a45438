// @ts-check
import { retryRefusal } from './retryRefusal.js';

/**
 * Why an execution is not retried. A call that took too long is no refusal: the execution may be
 * under way, and is looked at again.
 *
 * @param {CodeNode} n8n
 */
export function noRetry({ $input }) {
	return $input.all().flatMap(({ json: { error, advice } }, item) => {
		const why = error ? retryRefusal(error) : advice;
		return why ? [{ json: { advice: why }, pairedItem: { item } }] : [];
	});
}
