import {
	type Browser,
	type BrowserContext,
	type ConsoleMessage,
	type Page,
	chromium,
} from 'playwright-core';
import { N8nClient } from '../../dev/n8n/client';
import type { WorkflowJson } from '../../dev/n8n/types';
import { currentStage, type Stage } from './stage';

/** How long a person would wait for one thing to show on a busy machine. */
const PATIENCE_MILLISECONDS = 30_000;
const VIEWPORT = { width: 1500, height: 900 };

/** n8n's editor in the browser as a person has it in front of them, logged in. */
export class Editor {
	/** What the editor complained of: errors in its console and errors that nobody caught. */
	private troubles: string[] = [];

	private constructor(
		readonly stage: Stage,
		/** For what the tests do not do by hand. */
		readonly client: N8nClient,
		readonly page: Page,
		private readonly browser: Browser,
		private readonly context: BrowserContext,
	) {
		page.on('console', (message) => {
			if (!isOurs(message, stage.url)) return;
			this.troubles.push(`${message.text()} ${message.location().url}`);
		});
		page.on('pageerror', (error) => {
			if (!isLateLook(error)) this.troubles.push(String(error.stack));
		});
	}

	static async open(): Promise<Editor> {
		const stage = currentStage();
		const client = new N8nClient(stage.url);
		await client.login(stage.owner);
		const browser = await chromium.connect(stage.browserEndpoint);
		const context = await browser.newContext({
			viewport: VIEWPORT,
			colorScheme: 'light',
			reducedMotion: 'reduce',
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		await context.addInitScript(withoutMotion);
		context.setDefaultTimeout(PATIENCE_MILLISECONDS);
		const { email, password } = stage.owner;
		await context.request.post(`${stage.url}/rest/login`, {
			data: { emailOrLdapLoginId: email, password },
		});
		return new Editor(stage, client, await context.newPage(), browser, context);
	}

	async close(): Promise<void> {
		await this.context.close();
		await this.browser.close();
	}

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

	/** Opens an empty canvas. */
	async goToNewWorkflow(): Promise<void> {
		// n8n asks for the state of a workflow that is not there yet where it is opened by a link
		await this.load('/workflow/new');
		await this.page.getByTestId('canvas-add-button').waitFor();
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

/** Runs in the page: what moves is there at once, so that no test waits for it. */
function withoutMotion(): void {
	const { document } = globalThis as unknown as EditorWindow;
	const still = 'transition-duration: 0s !important; animation-duration: 0s !important;';
	document.addEventListener('DOMContentLoaded', () => {
		const style = document.createElement('style');
		style.textContent = `*, *::before, *::after { ${still} }`;
		document.head.append(style);
	});
}

/** What the code that runs in the page uses of it. */
interface EditorWindow {
	document: {
		head: { append(element: object): void };
		createElement(tag: 'style'): { textContent: string };
		addEventListener(type: 'DOMContentLoaded', listener: () => void): void;
	};
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
