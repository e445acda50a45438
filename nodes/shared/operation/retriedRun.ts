import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { runIndexOf } from './execution';
import { isTool } from './toolOutput';

/** What the items of one run of a node gave, by their index. */
type Results = Map<number, INodeExecutionData[]>;

// gone with the execution, which alone holds the key
const resultsByRun = new WeakMap<object, Map<number, Results>>();

/**
 * What items have given when n8n ran the node before, in the same run: it does so again and again
 * with Retry On Fail, when one item of many has failed, and up to n8n 2.20 even when none has, as that
 * takes the `error: null` of a transcript for a failure. What one item gave is not paid for twice.
 *
 * @returns undefined where n8n retries nothing
 */
export function resultsOfRun(context: IExecuteFunctions): Results | undefined {
	if (!context.getNode().retryOnFail || isTool(context)) return undefined;
	const execution = context.getContext('node');
	const runs = resultsByRun.get(execution) ?? new Map<number, Results>();
	resultsByRun.set(execution, runs);
	const runIndex = runIndexOf(context);
	const results = runs.get(runIndex) ?? (new Map() as Results);
	runs.set(runIndex, results);
	return results;
}
