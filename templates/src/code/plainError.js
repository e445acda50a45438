// @ts-check

/**
 * An error that n8n shows as it is: to one with a stack it adds the line of the code.
 *
 * @param {string} message
 */
export function plainError(message) {
	return Object.assign(new Error(message), { stack: '' });
}
