import type { Locator, Page } from 'playwright-core';
import { dragTo } from './mouse';
import { typeOf } from './packNodes';

/** The panel at the right, out of which a person takes nodes. */
export class NodePanel {
	constructor(private readonly page: Page) {}

	/** Opens the panel with the plus button of the canvas, and searches for a node. */
	async search(name: string, text: string): Promise<void> {
		await this.page.getByTestId('node-creator-plus-button').click();
		await this.find(name, text);
	}

	/** Opens the panel with the plus below a node's input for tools, and searches for a tool. */
	async searchTools(name: string, text: string): Promise<void> {
		await this.page
			.locator('[data-test-id="canvas-node-input-handle"][data-connection-type="ai_tool"]')
			.getByTestId('canvas-handle-plus')
			.click();
		await this.page.getByTestId('nodes-list-header').filter({ hasText: 'Tools' }).waitFor();
		await this.find(name, text);
	}

	/** Searches for a node in the panel that is open. */
	private async find(name: string, text: string): Promise<void> {
		// what is typed before the panel has drawn its list is lost
		await this.items().first().waitFor();
		await this.page.getByTestId('node-creator-search-bar').fill(text);
		await this.row(name).waitFor();
	}

	/** Everything that the panel lists. */
	private items(): Locator {
		return this.page.getByTestId('item-iterator-item');
	}

	/** The row of a node among what was found; n8n shows a trigger and its action node as one. */
	row(name: string): Locator {
		const types = [typeOf(name), typeOf(name.replace(/Trigger$/, ''))];
		const selectors = types.map((type) => `[data-keyboard-nav-id^="${type}-"]`);
		return this.page.locator(selectors.join(', ')).first();
	}

	/** Opens the page about a node by its row. */
	async openPage(name: string): Promise<void> {
		await this.row(name).click();
		await this.page.getByText('Node details').waitFor();
		await this.ways().first().waitFor();
	}

	/** The ways to take the node whose page is open: its operations or events, or one button. */
	ways(): Locator {
		const operations = this.items().filter({ has: this.page.locator('[draggable]') });
		return operations.or(this.page.getByRole('button', { name: 'Add to workflow' }));
	}

	/** Drags a row onto the canvas. */
	async drag(name: string, to: { x: number; y: number }): Promise<void> {
		await dragTo(this.page, this.row(name), to);
	}
}
