// @ts-check
import { plainError } from './plainError.js';
import { withoutItemNumber } from './withoutItemNumber.js';

const MOST_REASONS = 5;

/**
 * Ends the run in an error where something waits for more than its turn, so that it is seen among the
 * executions: all that could be done is done by then.
 *
 * @param {CodeNode} n8n
 */
export function backlogTroubles({ $ }) {
	const itemsOf = (node, output = 0) => ($(node).isExecuted ? $(node).all(output) : []);
	const { problem, givenUp = [] } = itemsOf('Outcome')[0]?.json ?? {};
	const unsaved = itemsOf('Save Transcript', 1).map(({ json }) => json.error);
	const unread = itemsOf('Result')
		.filter(({ json }) => json.isUnread)
		.map(({ json }) => json.message);
	const messages = [
		problem,
		...givenUp.map((url) => `Given up, as Scriptivox has failed over it for three days: ${url}`),
		trouble('transcript', 'saved', 'fetched', unsaved),
		trouble('job', 'read', 'read', unread),
	].filter(Boolean);
	if (messages.length > 0) throw plainError(messages.join('\n'));
	return [];
}

/**
 * What happens again in the next run, with the reasons, each once.
 *
 * @param {string} what
 * @param {string} done
 * @param {string} again
 * @param {unknown[]} errors
 */
function trouble(what, done, again, errors) {
	if (errors.length === 0) return '';
	const reasons = [...new Set(errors.map(withoutItemNumber))];
	const left = reasons.length - MOST_REASONS;
	const shown = [...reasons.slice(0, MOST_REASONS), ...(left > 0 ? [`${left} more`] : [])];
	const [which, is] =
		errors.length === 1 ? [`A ${what}`, 'is'] : [`${errors.length} ${what}s`, 'are'];
	return `${which} could not be ${done} and ${is} ${again} again in the next run: ${shown.join('; ')}`;
}
