// @ts-check

/**
 * A message without the number of the item that n8n puts at its end.
 *
 * @param {unknown} message
 */
export function withoutItemNumber(message) {
	return String(message).replace(/ \[item \d+\]$/, '');
}
