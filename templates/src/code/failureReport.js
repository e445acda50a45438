// @ts-check
import { chatText } from './chatText.js';

const MOST_CHARACTERS = 12000;
const MOST_OF_A_TEXT = 600;
const MOST_LINKS = 5;
const SOLVED = 'solved by a retry';
const TITLES = {
	'needs a human': 'Needs a human',
	'retry later': 'Retry later',
	'give up': 'Given up',
	[SOLVED]: 'Solved by a retry',
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
		const groups = groupsOf(ofThese).map((group) => ({
			text: entryOf(group),
			count: group.length,
		}));
		return groups.map((entry, index) =>
			index === 0 ? { ...entry, text: `\n${title} (${ofThese.length})\n${entry.text}` } : entry,
		);
	});
	const head = `Transcription: ${rows.length} failed ${rows.length === 1 ? 'execution' : 'executions'}`;
	return [{ json: { text: [head, ...fitting(parts, MOST_CHARACTERS - head.length)].join('\n') } }];
}

/** Rows that are alike, the most frequent first. */
function groupsOf(rows) {
	const alike = new Map();
	for (const row of rows) {
		const key = JSON.stringify([row.workflow, row.node, row.code || row.message]);
		alike.set(key, [...(alike.get(key) ?? []), row]);
	}
	return [...alike.values()].sort((a, b) => b.length - a.length);
}

/** What failed where and how often, what to do about it, and where to look at it. */
function entryOf(group) {
	const row = group.at(-1);
	const where = [row.workflow, row.node].filter(Boolean).map(cut).join(', ');
	const times = group.length > 1 ? `${group.length} times, at last: ` : '';
	const links = group.map(({ url }) => url).filter(Boolean);
	return [
		`- ${where || 'A workflow'}: ${times}${cut(row.message) || 'No reason was given.'}`,
		...(row.advice && row.whatToDo !== SOLVED ? [`  ${cut(row.advice)}`] : []),
		...links.slice(-MOST_LINKS).map((link) => `  ${cut(link)}`),
	].join('\n');
}

/** @param {unknown} text */
function cut(text) {
	const characters = Array.from(String(text ?? ''));
	const isLong = characters.length > MOST_OF_A_TEXT;
	return chatText(characters.slice(0, MOST_OF_A_TEXT).join('')) + (isLong ? ' …' : '');
}

/** The first entries that fit, and how many failures the others hold. */
function fitting(entries, room) {
	const rest = (from) => entries.slice(from).reduce((sum, { count }) => sum + count, 0);
	const endOf = (from) => `\n… and ${rest(from)} more: see the Data Table "Failed jobs".`;
	const longestEnd = endOf(0).length + 1;
	let left = room;
	for (const [index, { text }] of entries.entries()) {
		left -= text.length + 1;
		const isLast = index === entries.length - 1;
		if (left < (isLast ? 0 : longestEnd)) {
			return [...entries.slice(0, index).map((each) => each.text), endOf(index)];
		}
	}
	return entries.map(({ text }) => text);
}
