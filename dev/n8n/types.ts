import type { IConnections, INode, INodeTypeDescription, ITaskData } from 'n8n-workflow';

/** The login of n8n's only user. */
export interface Owner {
	email: string;
	password: string;
}

/** A workflow as the editor downloads and imports it. */
export interface WorkflowJson {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: Record<string, unknown>;
}

export interface StoredWorkflow extends WorkflowJson {
	id: string;
	versionId: string;
	active: boolean;
}

export type NodeTypeDescription = INodeTypeDescription;

export interface NewCredential {
	name: string;
	/** Name of the credential type, e.g. scriptivoxApi. */
	type: string;
	data: Record<string, unknown>;
}

export interface CredentialReference {
	id: string;
	name: string;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

export interface DataTableColumn {
	name: string;
	type: 'string' | 'number' | 'boolean' | 'date';
}

export interface DataTable {
	id: string;
	name: string;
	columns: DataTableColumn[];
}

/** A row by column name; `id`, `createdAt` and `updatedAt` are n8n's own. */
export type DataTableRow = {
	id: number;
	createdAt: string;
	updatedAt: string;
} & Record<string, string | number | boolean | null>;

export interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: 'new' | 'running' | 'waiting' | 'success' | 'error' | 'crashed' | 'canceled' | 'unknown';
	mode: string;
	startedAt: string | null;
	stoppedAt: string | null;
}

export interface Execution extends ExecutionSummary {
	/** What nodes have named beside its data, at most ten texts. */
	customData?: Record<string, string>;
	data: {
		resultData: {
			/** What each node did, by its name: one entry a run. */
			runData: Record<string, ITaskData[]>;
			error?: { message: string; description?: string | null };
			lastNodeExecuted?: string;
		};
	};
}

/** Calls of n8n's editor, as a logged-in user. */
export interface EditorCalls {
	/**
	 * @param path from the root, e.g. /rest/credentials
	 * @returns the answer's `data` where there is one, else the whole answer
	 */
	request<Answer>(
		method: string,
		path: string,
		options?: { body?: unknown; query?: Record<string, string> },
	): Promise<Answer>;
	/** Opens a page of n8n; returns its text, whatever n8n answers. */
	visit(path: string, query: Record<string, string>): Promise<string>;
	/** The id of the project in which all is made. */
	personalProject(): Promise<string>;
}
