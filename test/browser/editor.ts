import type { ConsoleMessage, Locator, Page } from 'playwright-core';
import { N8nClient } from '../../dev/n8n/client';
import type { WorkflowJson } from '../../dev/n8n/types';
import { currentStage, type Stage } from './stage';

/** n8n's editor in the browser as a person has it in front of them, logged in. */
export class Editor {
	/** What the editor complained of: errors in its console and errors that nobody caught. */
	private troubles: string[] = [];

	private readonly viewport: { width: number; height: number };

	private constructor(
		readonly stage: Stage,
		/** For what the tests do not do by hand. */
		readonly client: N8nClient,
		readonly page: Page,
		/** Whether other suites use the page afterwards. */
		private readonly isShared: boolean,
	) {
		this.viewport = page.viewportSize()!;
		page.on('console', this.onConsole);
		page.on('pageerror', this.onError);
	}

	/** Takes the page that the suites use one after the other, on which an empty workflow is open. */
	static async open(): Promise<Editor> {
		return await Editor.on(await globalThis.browserPages.sharedPage(), true);
	}

	/** Takes a page of a browser that has never seen n8n. */
	static async openForNewcomer(): Promise<Editor> {
		return await Editor.on(await globalThis.browserPages.newPage(), false);
	}

	private static async on(page: Page, isShared: boolean): Promise<Editor> {
		const stage = currentStage();
		const client = new N8nClient(stage.url);
		await client.login(stage.owner);
		const editor = new Editor(stage, client, page, isShared);
		if (isShared) await editor.goToEmptyWorkflow();
		return editor;
	}

	/** Leaves the page to the next suite. */
	async close(): Promise<void> {
		const { page } = this;
		page.off('console', this.onConsole);
		page.off('pageerror', this.onError);
		if (!this.isShared) return await page.context().close();
		try {
			await page.setViewportSize(this.viewport);
			await this.goToEmptyWorkflow();
		} catch {
			// a dialog is open, or what a test has left
			await globalThis.browserPages.closeSharedPage();
		}
	}

	private readonly onConsole = (message: ConsoleMessage): void => {
		if (!isOurs(message, this.stage.url)) return;
		this.troubles.push(`${message.text()} ${message.location().url}`);
	};

	private readonly onError = (error: Error): void => {
		if (!isLateLook(error)) this.troubles.push(String(error.stack));
	};

	/** What the editor complained of since this was last asked. */
	takeTroubles(): string[] {
		const taken = this.troubles;
		this.troubles = [];
		return taken;
	}

	/** Opens a page of n8n: from outside the first time, then as a link within the editor does. */
	async goTo(path: string): Promise<void> {
		const isOpen = this.page.url().startsWith(this.stage.url);
		// a load takes eleven seconds of CPU, a link half of one
		if (isOpen) await this.page.evaluate(followLink, path);
		else await this.load(path);
	}

	/** Opens the canvas of a workflow that nobody has stored yet. */
	async goToNewWorkflow(): Promise<void> {
		// n8n asks for the state of a workflow that is not there yet where it is opened by a link
		await this.load('/workflow/new');
		await this.emptyCanvas().waitFor();
	}

	/** Stores a workflow without nodes and opens its canvas. */
	async goToEmptyWorkflow(): Promise<void> {
		const empty = { name: 'Empty', nodes: [], connections: {} };
		const { id } = await this.client.createWorkflow(empty);
		await this.goTo(`/workflow/${id}`);
		await this.emptyCanvas().waitFor();
	}

	private emptyCanvas(): Locator {
		return this.page.getByTestId('canvas-add-button');
	}

	/** Opens a page of n8n from outside, as by its address. */
	async load(path: string): Promise<void> {
		await this.page.goto(`${this.stage.url}${path}`);
		// a link is followed by nobody before the editor is there
		await this.page.locator('[data-test-id]:visible').first().waitFor();
	}

	/**
	 * Stores a workflow and opens it.
	 *
	 * @returns its id
	 */
	async goToWorkflow(workflow: WorkflowJson): Promise<string> {
		const { id } = await this.client.createWorkflow(workflow);
		await this.goTo(`/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
		return id;
	}
}

/** What the code that runs in the page uses of it. */
interface EditorWindow {
	history: {
		state: { current?: string } | null;
		length: number;
		pushState(state: object, unused: string, path: string): void;
	};
	PopStateEvent: new (type: string, options: object) => Event;
	dispatchEvent(event: Event): void;
}

/** Runs in the page: goes to another page as the browser's own buttons do, without loading it. */
function followLink(path: string): void {
	const { history, dispatchEvent, PopStateEvent } = globalThis as unknown as EditorWindow;
	// as n8n's router keeps it, Vue Router 4
	const place = { back: history.state?.current ?? null, current: path, forward: null };
	const state = { ...place, position: history.length, replaced: false, scroll: null };
	history.pushState(state, '', path);
	dispatchEvent(new PopStateEvent('popstate', { state }));
}

/**
 * Two seconds after a node was opened, n8n counts that in its telemetry, and throws where a link has
 * led out of the workflow by then: `NodeDetailsView` of n8n 2.41 looks for a store that is gone.
 */
function isLateLook({ stack = '' }: Error): boolean {
	return stack.includes('injectNDVStore() was accessed without') && /NodeDetailsView/.test(stack);
}

/** Errors of the page itself, without those of calls to other hosts, which the browser cannot make. */
function isOurs(message: ConsoleMessage, url: string): boolean {
	const address = message.location().url;
	// the editor asks for a sample of what each step before gives out; few of n8n's own nodes have one
	if (address.startsWith(`${url}/schemas/`)) return false;
	return message.type() === 'error' && (address === '' || address.startsWith(url));
}
