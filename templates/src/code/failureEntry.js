// @ts-check
import { shortChatText } from './shortChatText.js';

const MOST_LINKS = 5;
const SOLVED = 'solved by a retry';

/**
 * What failed where and how often, what to do about it, and where to look at it.
 *
 * @param {any[]} group rows that are alike
 */
export function failureEntry(group) {
	const row = group.at(-1);
	const where = [row.workflow, row.node].filter(Boolean).map(shortChatText).join(', ');
	const times = group.length > 1 ? `${group.length} times, at last: ` : '';
	const links = group.map(({ url }) => url).filter(Boolean);
	return [
		`- ${where || 'A workflow'}: ${times}${shortChatText(row.message) || 'No reason was given.'}`,
		...(row.advice && row.whatToDo !== SOLVED ? [`  ${shortChatText(row.advice)}`] : []),
		...links.slice(-MOST_LINKS).map((link) => `  ${shortChatText(link)}`),
	].join('\n');
}
