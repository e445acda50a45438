// @ts-check
import { plainError } from './plainError.js';

/**
 * Ends the run in an error where something waits for more than its turn, so that it is seen among the
 * executions: all that could be done is done by then.
 *
 * @param {CodeNode} n8n
 */
export function backlogTroubles({ $ }) {
	const itemsOf = (node, output = 0) => ($(node).isExecuted ? $(node).all(output) : []);
	const { problem, givenUp = [] } = itemsOf('Outcome')[0]?.json ?? {};
	const messages = [
		problem,
		...givenUp.map((url) => `Given up, as Scriptivox has failed over it for three days: ${url}`),
		...itemsOf('Save Transcript', 1)
			.slice(0, 1)
			.map(
				({ json: { error } }) =>
					`A transcript could not be saved and is fetched again in the next run: ${error}`,
			),
		...itemsOf('Result')
			.filter(({ json }) => json.isUnread)
			.slice(0, 1)
			.map(
				({ json: { message } }) =>
					`Some jobs could not be read and are read again in the next run: ${message}`,
			),
	].filter(Boolean);
	if (messages.length > 0) throw plainError(messages.join(' '));
	return [];
}
