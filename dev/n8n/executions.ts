import { parse as parseFlatted } from 'flatted';
import { lookUntil } from '../lookUntil';
import type { EditorCalls, Execution, ExecutionSummary } from './types';

const pageSize = 100;

/** The statuses of an execution that has not ended. */
export const UNDER_WAY = ['new', 'running', 'waiting'];

/** n8n's executions, as the Executions pages of the editor show and change them. */
export class Executions {
	constructor(private readonly client: EditorCalls) {}

	/**
	 * The newest executions of a workflow, without their data; at most 100.
	 *
	 * @param statuses only those in one of them; all where left out
	 */
	async newest(workflowId: string, ...statuses: string[]): Promise<ExecutionSummary[]> {
		return (await this.page(workflowId, statuses, pageSize)).results;
	}

	/**
	 * How many executions of a workflow there are, as n8n counts them.
	 *
	 * @param statuses only those in one of them; all where left out
	 */
	async count(workflowId: string, ...statuses: string[]): Promise<number> {
		return (await this.page(workflowId, statuses, 1)).count;
	}

	/** One execution with the data of its nodes. */
	async get(id: string): Promise<Execution> {
		const stored = await this.client.request<Omit<Execution, 'data'> & { data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { ...stored, data: parseFlatted(stored.data) as Execution['data'] };
	}

	/**
	 * Waits until an execution has ended, whether well or not.
	 *
	 * @throws Error when it has not within the time
	 */
	async end(id: string, timeoutSeconds = 60): Promise<Execution> {
		let status = '';
		const ended = await lookUntil(timeoutSeconds, async () => {
			const execution = await this.get(id);
			status = execution.status;
			// n8n 1 writes the status first, and the data a moment later
			const hasData = (execution.data as unknown) !== undefined;
			return hasData && !UNDER_WAY.includes(status) ? execution : undefined;
		});
		if (!ended) throw new Error(`Execution ${id} is ${status} after ${timeoutSeconds} s.`);
		return ended;
	}

	/** Stops a running execution, as the editor's Stop button does. */
	async stop(id: string): Promise<void> {
		await this.client.request('POST', `/rest/executions/${id}/stop`, { body: {} });
	}

	/**
	 * Presses Retry beside an execution.
	 *
	 * @param withSaved whether with the workflow as it is saved now, in place of the original one
	 * @returns the ID of the new execution
	 */
	async retry(id: string, withSaved = false): Promise<string> {
		const body = { loadWorkflow: withSaved };
		const path = `/rest/executions/${id}/retry`;
		return (await this.client.request<{ id: string }>('POST', path, { body })).id;
	}

	private async page(workflowId: string, statuses: string[], limit: number) {
		const filter = { workflowId, ...(statuses.length > 0 && { status: statuses }) };
		const query = { filter: JSON.stringify(filter), limit: String(limit) };
		return await this.client.request<{ count: number; results: ExecutionSummary[] }>(
			'GET',
			'/rest/executions',
			{ query },
		);
	}
}
