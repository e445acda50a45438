// @ts-check
import { chatText } from './chatText.js';

const MOST_SHOWN = 500;

/**
 * The beginning of a draft, as a chat shows it: line by line, without mentions and links of its own.
 *
 * @param {CodeNode} n8n
 */
export function draftMessage({ $input }) {
	const characters = Array.from($input.first().json.post?.content ?? '');
	const shown = characters.slice(0, MOST_SHOWN).join('').split(/\r?\n/).map(chatText).join('\n');
	const draft = characters.length > MOST_SHOWN ? `${shown} …` : shown;
	return [{ json: { draft } }];
}
