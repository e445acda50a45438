import type { Locator, Page } from 'playwright-core';

const SETTLING_MILLISECONDS = 400;
const MENU_MILLISECONDS = 3000;
const MENU_OPENED_AT_MOST = 5;
const CLICKS_IN_MENU = 3;
const LONGEST_IMPORT_MILLISECONDS = MENU_OPENED_AT_MOST * CLICKS_IN_MENU * MENU_MILLISECONDS;

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

	/** How many notes have more text than they show. */
	async cutNotes(): Promise<number> {
		const cut = await this.notes().evaluateAll((notes) =>
			notes.map((note) =>
				[...note.querySelectorAll('*')].some(
					(part) => part.clientHeight > 0 && part.scrollHeight > part.clientHeight + 1,
				),
			),
		);
		return cut.filter(Boolean).length;
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

	/** The icons of its nodes, by their types: where each comes from, and its width once loaded. */
	async icons(): Promise<Record<string, { address: string; width: number }>> {
		const icons = await this.nodes().evaluateAll((nodes) =>
			nodes.map((node) => {
				const image = node.querySelector('img') as { src: string; naturalWidth: number } | null;
				return {
					type: node.getAttribute('data-node-type') ?? '',
					icon: { address: image?.src ?? '', width: image?.naturalWidth ?? 0 },
				};
			}),
		);
		return Object.fromEntries(icons.map(({ type, icon }) => [type, icon]));
	}

	/** Imports a workflow through the menu, from a file. */
	async importFile(file: string): Promise<void> {
		const [chooser] = await Promise.all([
			// it is waited for as long as the menu is tried, so that no try goes on afterwards
			this.page.waitForEvent('filechooser', { timeout: LONGEST_IMPORT_MILLISECONDS }),
			this.chooseImportFromFile(),
		]);
		await chooser.setFiles(file);
	}

	/** Opens the menu of imports, and opens it again where the editor has closed it before the click. */
	private async chooseImportFromFile(): Promise<void> {
		const soon = { timeout: MENU_MILLISECONDS };
		const menu = this.page.getByTestId('workflow-menu');
		const fromFile = this.page.getByTestId('workflow-menu-item-import-from-file');
		const imports = this.page.getByTestId('workflow-menu-item-import');
		for (let opened = 1; ; opened++) {
			try {
				if (!(await imports.isVisible())) await menu.click(soon);
				await imports.click(soon);
				return await fromFile.click(soon);
			} catch (error) {
				if (opened === MENU_OPENED_AT_MOST) throw error;
			}
		}
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

	/** How large it is shown; 1 is its natural size. */
	async zoom(): Promise<number> {
		const style = await this.pane().getAttribute('style');
		return Number(/scale\(([\d.]+)\)/.exec(style ?? '')?.[1] ?? 1);
	}

	/** Where its nodes and notes are on the page, with a margin around them, in pixels. */
	async bounds(margin: number): Promise<{ x: number; y: number; width: number; height: number }> {
		const boxes = await this.page.locator('.vue-flow__node').evaluateAll((nodes) =>
			nodes.map((node) => {
				const { left, top, right, bottom } = node.getBoundingClientRect();
				return { left, top, right, bottom };
			}),
		);
		const x = Math.min(...boxes.map(({ left }) => left)) - margin;
		const y = Math.min(...boxes.map(({ top }) => top)) - margin;
		const right = Math.max(...boxes.map((box) => box.right)) + margin;
		const bottom = Math.max(...boxes.map((box) => box.bottom)) + margin;
		return { x, y, width: right - x, height: bottom - y };
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
		let before = '';
		for (;;) {
			const now = (await this.pane().getAttribute('style')) ?? '';
			if (now === before) return;
			before = now;
			await this.page.waitForTimeout(SETTLING_MILLISECONDS);
		}
	}

	private pane(): Locator {
		return this.page.locator('.vue-flow__transformationpane').first();
	}
}
