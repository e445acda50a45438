// @ts-check
import { retryRefusal } from './retryRefusal.js';

const DAY = 24 * 60 * 60 * 1000;
/** What the node's name says in an execution that waits for its job. */
const PARKED = '(it waits for its job: retry with original workflow)';
const SEVERAL_ITEMS =
	'Its node had several items, and a retry would pay again for those that are done. Run it again for the failed ones.';
const UNCERTAIN =
	'n8n does not say what became of its retry. Open it in n8n: if no retry of it went well, retry it there.';

/**
 * What is to be done about the execution of each failure, as n8n has it now: `solved`, `under way`,
 * `retry` or `leave`, that with advice.
 *
 * @param {CodeNode} n8n
 */
export function retryStandings({ $, $input }) {
	return $input.all().map(({ json: execution }, item) => {
		const row = $('Is Due').itemMatching(item).json;
		const due = execution.data?.executionData?.nodeExecutionStack?.[0];
		const loadWorkflow = !String(due?.node?.name).endsWith(PARKED);
		return {
			json: { id: row.id, loadWorkflow, ...standing(row, execution, due) },
			pairedItem: { item },
		};
	});
}

/** @returns {{ standing: string, advice?: string }} */
function standing({ state, updatedAt }, { status, retrySuccessId, error }, due) {
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
	const items = due?.data?.main?.[0]?.length ?? 1;
	return items > 1 ? { standing: 'leave', advice: SEVERAL_ITEMS } : { standing: 'retry' };
}
