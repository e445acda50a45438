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
		page.on('pageerror', (error) => this.troubles.push(String(error.stack)));
	}

	static async open(): Promise<Editor> {
		const stage = currentStage();
		const client = new N8nClient(stage.url);
		await client.login(stage.owner);
		const browser = await chromium.connect(stage.browserEndpoint);
		const context = await browser.newContext({
			viewport: VIEWPORT,
			colorScheme: 'light',
			permissions: ['clipboard-read', 'clipboard-write'],
		});
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

	/** Opens a page of n8n. */
	async goTo(path: string): Promise<void> {
		await this.page.goto(`${this.stage.url}${path}`);
	}

	/** Opens an empty canvas. */
	async goToNewWorkflow(): Promise<void> {
		await this.goTo('/workflow/new');
		await this.page.getByTestId('canvas-add-button').waitFor();
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

/** Errors of the page itself, without those of calls to other hosts, which the browser cannot make. */
function isOurs(message: ConsoleMessage, url: string): boolean {
	const address = message.location().url;
	return message.type() === 'error' && (address === '' || address.startsWith(url));
}
