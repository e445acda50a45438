// @ts-check

/**
 * A value as text of a page: no part of it is markup. What is not known is an empty text, as an empty
 * cell of a table comes as null.
 *
 * @param {unknown} value
 */
export function escapedText(value) {
	const text = value === null || value === undefined ? '' : String(value);
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
