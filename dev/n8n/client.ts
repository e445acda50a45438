import { setTimeout as sleep } from 'node:timers/promises';
import { Credentials } from './credentials';
import { DataTables } from './dataTables';
import { Executions } from './executions';
import type {
	EditorCalls,
	NodeTypeDescription,
	Owner,
	PublicationStatus,
	StoredWorkflow,
	WorkflowJson,
} from './types';

const requestTimeoutMs = 60_000;
const publicationTimeoutMs = 30_000;
const databaseTimeoutMs = 60_000;
const pollIntervalMs = 100;

/** An answer of n8n that is not a success. */
export class N8nRequestError extends Error {
	constructor(
		readonly method: string,
		readonly path: string,
		readonly status: number,
		readonly body: string,
	) {
		super(`n8n answered ${method} ${path} with ${status}: ${body.slice(0, 500)}`);
	}
}

/**
 * What n8n's own editor asks of n8n, as far as the development tasks and tests need it: its
 * internal REST interface with the cookie of a logged-in user. Every method throws
 * N8nRequestError when n8n refuses.
 */
export class N8nClient implements EditorCalls {
	/** The credentials of the logged-in user. */
	readonly credentials = new Credentials(this);

	/** The Data Tables of the logged-in user. */
	readonly tables = new DataTables(this);

	/** The executions of the logged-in user's workflows. */
	readonly executions = new Executions(this);

	private cookie = '';

	private projectId: string | undefined;

	/** @param url where n8n is, e.g. http://127.0.0.1:5678 */
	constructor(readonly url: string) {}

	/** Creates the owner of a fresh n8n, and stays logged in as that user. */
	async setUpOwner({ email, password }: Owner): Promise<void> {
		const body = { email, password, firstName: 'Folder', lastName: 'Watcher' };
		await this.request('POST', '/rest/owner/setup', { body });
	}

	/** Logs in; the cookie serves all later calls. */
	async login({ email, password }: Owner): Promise<void> {
		await this.request('POST', '/rest/login', { body: { emailOrLdapLoginId: email, password } });
	}

	/** Whether n8n still waits for its owner to be created. */
	async needsOwner(): Promise<boolean> {
		const settings = await this.request<{ userManagement: { showSetupOnFirstLoad: boolean } }>(
			'GET',
			'/rest/settings',
		);
		return settings.userManagement.showSetupOnFirstLoad;
	}

	/** Every node type that n8n has loaded, core and community. */
	async nodeTypes(): Promise<NodeTypeDescription[]> {
		return await this.request<NodeTypeDescription[]>('GET', '/types/nodes.json');
	}

	/** Imports a workflow as the editor's "Import from File" does. */
	async createWorkflow(workflow: WorkflowJson): Promise<StoredWorkflow> {
		const { name, nodes, connections, settings } = workflow;
		const projectId = await this.personalProject();
		// n8n 1 wants to be told that it is not active
		const body = { name, nodes, connections, settings, active: false, projectId };
		return await this.request('POST', '/rest/workflows', { body });
	}

	/** Replaces nodes, connections or settings of a workflow; publish it to make that live. */
	async updateWorkflow(id: string, changes: Partial<WorkflowJson>): Promise<StoredWorkflow> {
		return await this.request('PATCH', `/rest/workflows/${id}`, { body: changes });
	}

	/** The stored workflows: id and name. */
	async workflows(): Promise<Array<Pick<StoredWorkflow, 'id' | 'name'>>> {
		return await this.request('GET', '/rest/workflows');
	}

	/** One stored workflow. */
	async workflow(id: string): Promise<StoredWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/**
	 * Publishes the current version of a workflow and waits until its triggers run: before that its
	 * webhooks answer 404.
	 *
	 * @throws Error when a trigger cannot be started, or is not within 30 seconds
	 */
	async publishWorkflow(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.request('POST', `/rest/workflows/${id}/activate`, { body: { versionId } });
		const deadline = Date.now() + publicationTimeoutMs;
		let publication = await this.publicationStatus(id);
		while (publication.status === 'in_progress' || publication.status === 'not_published') {
			if (Date.now() > deadline) throw new Error(`Workflow ${id} is still ${publication.status}.`);
			await sleep(pollIntervalMs);
			publication = await this.publicationStatus(id);
		}
		if (publication.status === 'published') return;
		const reasons = publication.triggers.map((trigger) => trigger.errorMessage).filter(Boolean);
		throw new Error(`Workflow ${id} could not be published: ${reasons.join('; ')}`);
	}

	/** How far the publication of a workflow is. */
	async publicationStatus(id: string): Promise<PublicationStatus> {
		try {
			return await this.request('GET', `/rest/workflows/${id}/publication-status`);
		} catch (error) {
			if (!(error instanceof N8nRequestError) || error.status !== 404) throw error;
			// an older n8n has started the triggers before it answers the call to publish
			return { status: 'published', triggers: [] };
		}
	}

	/** Stops the triggers of a workflow. */
	async unpublishWorkflow(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`, { body: {} });
	}

	/** Deletes a workflow; n8n wants it archived first. */
	async deleteWorkflow(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/archive`, { body: {} });
		await this.request('DELETE', `/rest/workflows/${id}`);
	}

	/**
	 * Runs a stored workflow by hand, as the editor's Execute button does.
	 *
	 * @param triggerName the trigger node to start from
	 * @returns the id of the execution, which may still be running
	 */
	async runWorkflow(id: string, triggerName: string): Promise<string> {
		// an older n8n runs what it is sent, a newer one what it has stored
		const workflowData = await this.workflow(id);
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${id}/run`,
			{ body: { workflowData, triggerToStartFrom: { name: triggerName } } },
		);
		return executionId;
	}

	/**
	 * Any other call of the editor.
	 *
	 * @param path from the root, e.g. /rest/credentials
	 * @returns the answer's `data` where there is one, else the whole answer
	 */
	async request<Answer>(
		method: string,
		path: string,
		{ body, query = {} }: { body?: unknown; query?: Record<string, string> } = {},
	): Promise<Answer> {
		const url = this.address(path, query);
		const deadline = Date.now() + databaseTimeoutMs;
		for (;;) {
			const { response, text } = await this.send(method, url, body);
			if (isWithoutDatabase(response, text) && Date.now() < deadline) {
				await sleep(pollIntervalMs);
				continue;
			}
			if (!response.ok) throw new N8nRequestError(method, path, response.status, text);
			this.keepCookie(response);
			if (text === '') return undefined as Answer;
			const answer = JSON.parse(text) as Answer | { data: Answer };
			return isWrapped(answer) ? answer.data : answer;
		}
	}

	/**
	 * Opens a page of n8n, as the browser of the logged-in user does.
	 *
	 * @returns the page's text, whatever n8n answers
	 */
	async visit(path: string, query: Record<string, string>): Promise<string> {
		const { text } = await this.send('GET', this.address(path, query), undefined);
		return text;
	}

	private address(path: string, query: Record<string, string>): URL {
		const url = new URL(path, this.url);
		for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
		return url;
	}

	private async send(method: string, url: URL, body: unknown) {
		const response = await fetch(url, {
			method,
			headers: {
				cookie: this.cookie,
				'content-type': 'application/json',
				// n8n closes idle connections, now and then just as one is used again
				connection: 'close',
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(requestTimeoutMs),
		});
		return { response, text: await response.text() };
	}

	private keepCookie(response: Response): void {
		const session = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (session !== undefined) this.cookie = session.split(';', 1)[0] ?? '';
	}

	/** The id of the project in which all is made. */
	async personalProject(): Promise<string> {
		this.projectId ??= (await this.request<{ id: string }>('GET', '/rest/projects/personal')).id;
		return this.projectId;
	}
}

/** A busy n8n takes its database for lost now and then: it does nothing then, so that all may be asked again. */
function isWithoutDatabase({ status }: Response, text: string): boolean {
	return status === 503 && text.includes('Database is not ready');
}

function isWrapped<Answer>(answer: Answer | { data: Answer }): answer is { data: Answer } {
	return typeof answer === 'object' && answer !== null && 'data' in answer;
}
