// @ts-check
import { adviceToGet } from './adviceToGet.js';
import { parkedNodeOf } from './parkedNodeOf.js';
import { paysBehind } from './paysBehind.js';
import { retryRefusal } from './retryRefusal.js';

const DAY = 24 * 60 * 60 * 1000;
const MOST_STARTS = 20;
const SEVERAL_ITEMS =
	'Its node had several items, and a retry would pay again for those that are done. Run it again for the failed ones.';
const AT_NO_NODE = 'n8n itself failed, at none of its nodes.';
const TOO_LARGE =
	'n8n does not show its data, which is too large, so nobody knows whether a retry would pay again. See in n8n how far it came.';
const WOULD_PAY_AGAIN =
	'Behind the node that waited for its job stands another one of this pack, which a retry may pay for again. See in n8n how far it came before you retry it.';
const UNCERTAIN =
	'n8n does not say what became of its retry. Open it in n8n: if no retry of it went well, retry it there.';

/**
 * What is to be done about the execution of each failure, as n8n has it now: `solved`, `under way`,
 * `retry` or `leave`, that with advice. Of those that start again at their node, the ones beyond 20 wait for the next
 * look; one that was cut off while it was parked only reads its job.
 *
 * @param {CodeNode} n8n
 */
export function retryStandings({ $, $input }) {
	let starts = 0;
	return $input.all().map(({ json: execution }, item) => {
		const row = $('Is Due').itemMatching(item).json;
		// one that was parked goes on with the workflow that it has kept
		const loadWorkflow = parkedNodeOf(execution) === undefined;
		const found = standing(row, execution);
		const isStart = found.standing === 'retry' && (loadWorkflow || !isCut(row, execution));
		if (isStart) starts += 1;
		const json = isStart && starts > MOST_STARTS ? { standing: 'under way' } : found;
		return { json: { id: row.id, loadWorkflow, ...json }, pairedItem: { item } };
	});
}

/** @returns {{ standing: string, advice?: string }} */
function standing(row, execution) {
	const { state, updatedAt } = row;
	const { status, retrySuccessId, error, data, workflowData } = execution;
	if (error) {
		const advice = retryRefusal(error);
		// without one, n8n's API is asked again at the next look
		return advice ? { standing: 'leave', advice } : { standing: 'under way' };
	}
	if (retrySuccessId || status === 'success') return { standing: 'solved' };
	if (state === 'retrying') {
		const isRecent = Date.now() - Date.parse(updatedAt) < DAY;
		// a parked one waits as long as its job takes
		if (isRecent || status === 'waiting') return { standing: 'under way' };
		return { standing: 'leave', advice: UNCERTAIN };
	}
	if (execution.dataTooLargeToDisplay) return { standing: 'leave', advice: TOO_LARGE };
	const parkedNode = parkedNodeOf(execution);
	if (parkedNode !== undefined) {
		return isCut(row, execution) && paysBehind(workflowData, parkedNode)
			? { standing: 'leave', advice: WOULD_PAY_AGAIN }
			: { standing: 'retry' };
	}
	if (!row.node) {
		return { standing: 'leave', advice: `${AT_NO_NODE} ${adviceToGet(execution)}` };
	}
	const items = data?.executionData?.nodeExecutionStack?.[0]?.data?.main?.[0]?.length ?? 1;
	return items > 1 ? { standing: 'leave', advice: SEVERAL_ITEMS } : { standing: 'retry' };
}

/** Whether no node failed: its data may be older than what was done since. */
function isCut({ node }, { status }) {
	return status === 'crashed' || !node;
}
