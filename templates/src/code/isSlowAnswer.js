// @ts-check

/**
 * Whether a call of n8n's API took too long, which says nothing of what it did.
 *
 * @param {unknown} error
 */
export function isSlowAnswer(error) {
	return Boolean(error) && /timeout|ECONNABORTED|aborted/i.test(JSON.stringify(error));
}
