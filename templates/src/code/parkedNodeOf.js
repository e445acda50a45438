// @ts-check

/** What n8n calls a node that waits for its job; only a retry with the original workflow goes on there. */
const PARKED = ' (it waits for its job: retry with original workflow)';

/**
 * The name of the node that an execution was parked at, when n8n last kept its data.
 *
 * @param {any} execution of n8n's API, with its data
 * @returns {string | undefined} undefined where it was not parked
 */
export function parkedNodeOf({ data }) {
	const name = String(data?.executionData?.nodeExecutionStack?.[0]?.node?.name ?? '');
	return name.endsWith(PARKED) ? name.slice(0, -PARKED.length) : undefined;
}
