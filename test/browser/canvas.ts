import type { Locator, Page } from 'playwright-core';

/** What the code that runs in the page uses of it. */
interface BrowserWindow {
	navigator: { clipboard: { writeText(text: string): Promise<void> } };
}

/** The canvas of the workflow that is open. */
export class Canvas {
	constructor(private readonly page: Page) {}

	/** Its nodes, without notes. */
	nodes(): Locator {
		return this.page.getByTestId('canvas-node');
	}

	/** Its notes. */
	notes(): Locator {
		return this.page.getByTestId('sticky');
	}

	/** The nodes of one type. */
	nodesOf(type: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-type="${type}"]`);
	}

	/** A node by its name. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** The names of the nodes of which n8n knows no type: they can be connected to nothing. */
	async unknownNodes(): Promise<string[]> {
		const handles = '[data-handleid]';
		return await this.nodes().evaluateAll(
			(nodes, selector) =>
				nodes
					.filter((node) => !node.querySelector(selector))
					.map((node) => node.getAttribute('data-node-name') ?? ''),
			handles,
		);
	}

	/** Imports a workflow through the menu, from a file. */
	async importFile(file: string): Promise<void> {
		await this.page.getByTestId('workflow-menu').click();
		await this.page.getByTestId('workflow-menu-item-import').click();
		const chooser = this.page.waitForEvent('filechooser');
		await this.page.getByTestId('workflow-menu-item-import-from-file').click();
		await (await chooser).setFiles(file);
	}

	/** Copies a text and pastes it onto the canvas. */
	async paste(text: string): Promise<void> {
		await this.page.evaluate(async (copied) => {
			await (globalThis as unknown as BrowserWindow).navigator.clipboard.writeText(copied);
		}, text);
		await this.clickBeside();
		await this.page.keyboard.press('Control+v');
	}

	/** Takes everything off the canvas. */
	async clear(): Promise<void> {
		await this.clickBeside();
		await this.page.keyboard.press('Control+a');
		await this.page.keyboard.press('Delete');
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	/** Shows all of it, as large as fits. */
	async fit(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
		await this.rest();
	}

	/** Clicks where there is nothing, so that nothing is selected. */
	async clickBeside(): Promise<void> {
		await this.page
			.locator('.vue-flow__pane')
			.first()
			.click({ position: { x: 20, y: 60 } });
	}

	/** Waits until nothing moves any more. */
	async rest(): Promise<void> {
		const pane = this.page.locator('.vue-flow__transformationpane').first();
		let before = '';
		for (;;) {
			const now = (await pane.getAttribute('style')) ?? '';
			if (now === before) return;
			before = now;
			await this.page.waitForTimeout(300);
		}
	}
}
