// @ts-check

/**
 * Why n8n did not retry an execution, or did not let it be read.
 *
 * @param {any} error of a call of n8n's API
 * @returns {string | undefined} undefined for a call that took too long, which says nothing of what it did
 */
export function retryRefusal(error) {
	if (/timeout|ECONNABORTED|aborted/i.test(JSON.stringify(error))) return undefined;
	return `n8n could not retry it: ${error.message ?? error}`;
}
