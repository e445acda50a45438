// @ts-check
import { adviceToGet } from './adviceToGet.js';
import { parkedNodeOf } from './parkedNodeOf.js';

const MESSAGE = 'n8n calls it crashed: a process, the database or Redis went away while it ran.';

/** Its workflow has another error workflow, or none. */
const NOT_OURS = 'not looked after';
const LEFT = ['needs a human', 'give up'];
const MAY_GO_ON = 'What it had started may have gone on at the provider.';

/**
 * The rows of executions that crashed. One that was parked for its job is retried; how far another one came, its data
 * does not say.
 *
 * @param {CodeNode} n8n
 */
export function crashedFailures({ $, $input, $execution, $workflow }) {
	const { maxRetries } = $('Settings').first().json;
	const [n8nUrl] = $execution.resumeUrl.split('/webhook-waiting/');
	return $input.all().flatMap(({ json: execution }, item) => {
		// one that cannot be read now is as new at the next look
		if (execution.error) return [];
		const { id, row } = $('Newly Crashed').itemMatching(item).json;
		const { workflowId, workflowData, data } = execution;
		const retries = row?.retries ?? 0;
		const parkedNode = parkedNodeOf(execution);
		const whatToDo = sorted(workflowData, parkedNode, retries < maxRetries, $workflow.id);
		return [
			{
				json: {
					executionId: String(row?.executionId ?? id),
					url: row?.url || `${n8nUrl}/workflow/${workflowId}/executions/${id}`,
					workflow: workflowData.name,
					node: parkedNode ?? data?.resultData?.lastNodeExecuted ?? '',
					code: '',
					message: MESSAGE,
					advice: LEFT.includes(whatToDo) ? `${MAY_GO_ON} ${adviceToGet(execution)}` : '',
					whatToDo,
					retries,
					nextTryAt: Date.now(),
					// the report leaves out what has been reported
					reportedAs: whatToDo === NOT_OURS ? whatToDo : '',
				},
				pairedItem: { item },
			},
		];
	});
}

function sorted({ settings }, parkedNode, mayRetry, errorWorkflowId) {
	if (settings?.errorWorkflow !== errorWorkflowId) return NOT_OURS;
	if (parkedNode === undefined) return 'needs a human';
	return mayRetry ? 'retry later' : 'give up';
}
