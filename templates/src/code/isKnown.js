// @ts-check

/**
 * Whether a table or a reply holds a value: an empty cell comes as null, an empty field as an empty text.
 *
 * @param {unknown} value
 */
export function isKnown(value) {
	return value !== null && value !== undefined && value !== '';
}
