// @ts-check
import { failureEntry } from './failureEntry.js';
import { failuresAlike } from './failuresAlike.js';
import { fittingEntries } from './fittingEntries.js';

const MOST_CHARACTERS = 12000;
const TITLES = {
	'needs a human': 'Needs a human',
	'retry later': 'Retry later',
	'give up': 'Given up',
	'solved by a retry': 'Solved by a retry',
};
const NOT_SORTED = 'Not sorted';

/**
 * One message: what to do, then which failures are alike, the most frequent first.
 *
 * @param {CodeNode} n8n
 */
export function failureReport({ $input }) {
	const rows = $input.all().map(({ json }) => json);
	const titleOf = ({ whatToDo }) =>
		Object.hasOwn(TITLES, whatToDo ?? '') ? TITLES[whatToDo] : NOT_SORTED;
	const parts = [...Object.values(TITLES), NOT_SORTED].flatMap((title) => {
		const ofThese = rows.filter((row) => titleOf(row) === title);
		const groups = failuresAlike(ofThese).map((group) => ({
			text: failureEntry(group),
			count: group.length,
		}));
		return groups.map((entry, index) =>
			index === 0 ? { ...entry, text: `\n${title} (${ofThese.length})\n${entry.text}` } : entry,
		);
	});
	const head = `Transcription: ${rows.length} failed ${rows.length === 1 ? 'execution' : 'executions'}`;
	return [
		{ json: { text: [head, ...fittingEntries(parts, MOST_CHARACTERS - head.length)].join('\n') } },
	];
}
