// @ts-check
import { chatText } from './chatText.js';

const MOST_CHARACTERS_OF_ONE = 600;

/**
 * The beginning of a text, as a chat shows it.
 *
 * @param {unknown} text
 */
export function shortChatText(text) {
	const characters = Array.from(String(text ?? ''));
	const isLong = characters.length > MOST_CHARACTERS_OF_ONE;
	return chatText(characters.slice(0, MOST_CHARACTERS_OF_ONE).join('')) + (isLong ? ' …' : '');
}
