// @ts-check

/**
 * How a human finds the transcript of an execution that is not retried. The pack names jobs under way in n8n's
 * custom execution data, which is there even where n8n has written over the rest.
 *
 * @param {any} execution of n8n's API
 */
export function adviceToGet({ customData }) {
	const jobs = customData?.jobs_under_way;
	return `See in n8n how far it came; Get reads the transcript of ${jobs ? `its job: ${jobs}` : 'a job'}.`;
}
