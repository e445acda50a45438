import type { IExecuteFunctions } from 'n8n-workflow';

/** Which run of the node it is within its execution, from 0: a loop runs a node again and again. */
export function runIndexOf(context: IExecuteFunctions): number {
	return context.getWorkflowDataProxy(0).$runIndex as number;
}
